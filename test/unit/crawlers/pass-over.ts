import { onTestFinished } from 'vitest'
import { dryStore } from '../../../jobs/wiring/dry-store.ts'
import { Renderer } from '../../../src/crawlers/browser/renderer.ts'
import { ExtractionPool } from '../../../src/crawlers/extract/extraction-pool.ts'
import { allowAll } from '../../../src/crawlers/fetch/robots.ts'
import { noHostAnswers } from '../../../src/crawlers/host-answers.ts'
import type { Pass } from '../../../src/crawlers/pass.ts'
import { newTally } from '../../../src/crawlers/tally.ts'
import { defineSite, sitemap } from '../../../src/sites/site.ts'

export const origin = 'https://paper.example'

export interface Served {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** A pass over a site whose one source is `/sitemap.xml`. @param serve gives the body of a path. */
export function passOver(serve: (path: string) => string | Served): Pass {
  const pool = new ExtractionPool()
  onTestFinished(() => pool.close())
  return {
    site: defineSite({ id: 'paper', name: 'Paper', url: `${origin}/`, sources: [sitemap('/sitemap.xml')] }),
    zoneHint: null,
    options: { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] },
    door: {
      fetch: async ({ url }) => {
        const told = serve(new URL(url).pathname)
        const served = typeof told === 'string' ? { status: 200, type: 'application/xml', body: told } : told
        const { status } = served
        const body = new TextEncoder().encode(served.body)
        const headers = { 'content-type': served.type }
        const answer = { url, requestedUrl: url, status, headers, body, gzip: null, notModified: false }
        return { ...answer, wireBytes: body.length, fetchedAt: new Date(0), redirects: [] }
      },
      robots: async () => allowAll,
      leaveAlone: async () => undefined,
    },
    pool,
    renderer: new Renderer(null),
    store: dryStore(() => undefined),
    hostAnswers: noHostAnswers,
    tally: newTally(),
    signal: new AbortController().signal,
    onChange: () => undefined,
  }
}
