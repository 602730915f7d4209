import { describe, expect, it } from 'vitest'
import type { KnownSource } from '../../../src/clocks.ts'
import { discover } from '../../../src/crawlers/discover/discover.ts'
import { SourceClock } from '../../../src/crawlers/discover/source-clock.ts'
import { crawlSite } from '../../../src/crawlers/site-pass.ts'
import { urlHash } from '../../../src/normalise/url.ts'
import { defineSite } from '../../../src/sites/site.ts'
import type { SiteStore } from '../../../src/store.ts'
import { origin, passOver, type Served } from '../crawlers/pass-over.ts'

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

describe('a feed that a bare address led to', () => {
  const feedUrl = `${origin}/feed/`
  const quiet = new Date('2026-03-01T08:00:00Z')
  const now = new Date('2026-03-01T10:00:00Z')
  const known = (kind: 'feed' | 'listing' | 'sitemap', url: string, nextCheckAt: Date): KnownSource => ({
    kind,
    url,
    urlHash: urlHash(url),
    newsAt: quiet,
    newsGapSeconds: null,
    nextCheckAt,
  })
  const frontPage = (feed: string): Served => ({
    status: 200,
    type: 'text/html',
    body: `<html><head><link rel="alternate" type="application/rss+xml" href="${feed}"></head><body>News</body></html>`,
  })
  const rss = '<rss version="2.0"><channel><title>Paper</title></channel></rss>'

  /** @param front the front page, where it is due beside the feed. */
  async function passAfter(feed: Served, front: Served | null) {
    const asked: string[] = []
    const failures: string[] = []
    const pass = passOver((path) => {
      asked.push(path)
      if (path === '/feed/') return feed
      return path === '/' ? (front ?? frontPage('/feed/')) : rss
    })
    const later = new Date('2026-03-01T12:00:00Z')
    const sources = [
      known('feed', feedUrl, quiet),
      known('listing', `${origin}/`, front === null ? later : quiet),
      known('sitemap', `${origin}/sitemap.xml`, later),
    ]
    const site = defineSite({ id: 'paper', name: 'Paper', url: `${origin}/` })
    const store: SiteStore = {
      ...pass.store,
      sources: async () => sources,
      recordFailure: async (failure) => {
        failures.push(failure.class)
      },
    }
    const bare = { ...pass, site, store }
    const { lost } = await discover(bare, await SourceClock.open(bare, now))
    return { asked, failures, lost }
  }

  const failing: Served = { status: 503, type: 'text/plain', body: 'busy' }
  const gone: Served = { status: 404, type: 'text/html', body: 'not found' }
  const page: Served = { status: 200, type: 'text/html', body: '<html><body>Subscribe!</body></html>' }

  it('is kept where it fails for now, and the failure is told', async () => {
    const kept = { asked: ['/feed/'], failures: ['http_error'], lost: [] }
    expect(await passAfter(failing, null)).toEqual(kept)
    const both = await passAfter(failing, frontPage('/feed/'))
    expect({ ...both, asked: both.asked.toSorted() }).toEqual({ ...kept, asked: ['/', '/feed/'] })
  })

  it.each([
    ['it is gone', gone, null],
    ['it is a page now', page, null],
    ['the front page names another', failing, frontPage('/other/')],
  ])('is lost where %s', async (_when, feed, front) => {
    expect((await passAfter(feed, front)).lost).toEqual([urlHash(feedUrl)])
  })
})
