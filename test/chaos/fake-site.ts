import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Newsroom, openNewsroom } from '../../src/demo/newsroom.ts'

/** Id of the site in the database. */
export const siteId = 'chaos'

/** Between two requests, from the end of an answer on. */
const DELAY_MS = 20

/** A small news site on loopback that keeps a ledger, with the definition under which the jobs know it. */
export interface FakeSite {
  readonly newsroom: Newsroom
  /** For COMMENTARIAT_SITES. */
  readonly sitesFolder: string
  readonly close: () => Promise<void>
}

export interface FakeSiteOptions {
  readonly seed: number
  readonly articles?: number
  readonly comments?: number
  readonly answerMs?: number
  readonly delayMs?: number
}

/** Six articles in the shape of WordPress: one in two parts, threads on comment pages and by REST, a feed that is gone. */
export async function openFakeSite(options: FakeSiteOptions): Promise<FakeSite> {
  const { seed, articles = 6, comments = 6, answerMs = 0, delayMs = DELAY_MS } = options
  const newsroom = await openNewsroom({
    seed,
    sites: ['wordpress'],
    articlesPerSite: articles,
    commentsPerThread: comments,
    now: new Date(),
    answerMs,
  })
  const [site] = newsroom.sites
  if (site === undefined) throw new Error('the newsroom opened no site')
  const { name, url, language, timezone } = site
  const sources = [
    { kind: 'feed', url: `${url}feed/` },
    { kind: 'sitemap', url: `${url}wp-sitemap.xml` },
    { kind: 'feed', url: `${url}missing-feed/` },
  ]
  const declared = { id: siteId, name, url, language, timezone, delaySeconds: delayMs / 1000, sources }
  const sitesFolder = mkdtempSync(join(tmpdir(), 'commentariat-chaos-sites-'))
  writeFileSync(join(sitesFolder, `${siteId}.json`), JSON.stringify(declared))
  return {
    newsroom,
    sitesFolder,
    close: async () => {
      await newsroom.close()
      rmSync(sitesFolder, { recursive: true, force: true })
    },
  }
}
