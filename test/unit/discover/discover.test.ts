import { expect, it, onTestFinished } from 'vitest'
import { dryStore } from '../../../jobs/wiring/dry-store.ts'
import { Renderer } from '../../../src/crawlers/browser/renderer.ts'
import { discover } from '../../../src/crawlers/discover/discover.ts'
import { SourceClock } from '../../../src/crawlers/discover/source-clock.ts'
import { ExtractionPool } from '../../../src/crawlers/extract/extraction-pool.ts'
import { allowAll } from '../../../src/crawlers/fetch/robots.ts'
import { noHostAnswers } from '../../../src/crawlers/host-answers.ts'
import type { Pass } from '../../../src/crawlers/pass.ts'
import { crawlSite } from '../../../src/crawlers/site-pass.ts'
import { newTally } from '../../../src/crawlers/tally.ts'
import { defineSite, sitemap } from '../../../src/sites/site.ts'

const origin = 'https://paper.example'

/** A pass over a site whose one source is `/sitemap.xml`. @param serve gives the body of a path. */
function passOver(serve: (path: string) => string): Pass {
  const pool = new ExtractionPool()
  onTestFinished(() => pool.close())
  return {
    site: defineSite({ id: 'paper', name: 'Paper', url: `${origin}/`, sources: [sitemap('/sitemap.xml')] }),
    zoneHint: null,
    options: { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] },
    door: {
      fetch: async ({ url }) => {
        const body = new TextEncoder().encode(serve(new URL(url).pathname))
        const headers = { 'content-type': 'application/xml' }
        const answer = { url, requestedUrl: url, status: 200, headers, body, gzip: null, notModified: false }
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

async function discovered(serve: (path: string) => string): Promise<{ asked: string[]; found: string[] }> {
  const asked: string[] = []
  const pass = passOver((path) => {
    asked.push(path)
    return serve(path)
  })
  const { articles } = await discover(pass, await SourceClock.open(pass, new Date(0)))
  return { asked, found: articles.map(({ url }) => url) }
}

const index = (paths: readonly string[]): string =>
  `<sitemapindex>${paths.map((path) => `<sitemap><loc>${origin}${path}</loc></sitemap>`).join('')}</sitemapindex>`

const pages = (paths: readonly string[]): string =>
  `<urlset>${paths.map((path) => `<url><loc>${origin}${path}</loc></url>`).join('')}</urlset>`

it('follows sitemaps of sitemaps to their pages', async () => {
  const { asked, found } = await discovered((path) =>
    path === '/sitemap.xml' ? index(['/a.xml']) : path === '/a.xml' ? index(['/b.xml']) : pages(['/news/1']),
  )
  expect([asked, found]).toEqual([['/sitemap.xml', '/a.xml', '/b.xml'], [`${origin}/news/1`]])
})

it('does not follow a chain of sitemaps without end, nor one that leads back', async () => {
  let made = 0
  const chain = await discovered(() => index(['/sitemap.xml', `/next-${(made += 1)}.xml`]))
  expect(chain.asked).toEqual(['/sitemap.xml', '/next-1.xml', '/next-2.xml', '/next-3.xml'])
})

it('asks for a hundred sitemaps at most, however many they name', async () => {
  let made = 0
  const fan = await discovered(() => index(Array.from({ length: 60 }, () => `/s-${(made += 1)}.xml`)))
  expect(fan.asked).toHaveLength(100)
})

it('ends a pass at once that is stopped while it waits for robots.txt', async () => {
  const stop = new AbortController()
  const pass = passOver(() => pages([]))
  const never = new Promise<never>(() => undefined)
  const ended = crawlSite({ ...pass, door: { ...pass.door, robots: () => never }, signal: stop.signal })
  stop.abort(new Error('stopped by a signal'))
  expect(await ended).toEqual({ outcome: 'interrupted', error: null })
})
