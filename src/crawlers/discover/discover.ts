import type { Announcement } from './announcement.ts'
import { mergeAnnouncements } from './merge.ts'
import { firstRequests, usualFeeds } from './plan.ts'
import type { KeptAnswer, Pass } from '../pass.ts'
import { noteFailure } from '../pass.ts'
import { crawlPages, type PageRequest } from '../site-crawler.ts'
import { Failure } from '../../failure.ts'

/** Child sitemaps of one index, newest first; what lies beyond is the archive of years ago. */
const MOST_SITEMAPS = 50
const MOST_FEEDS = 5

/** What the sources of a site announce, in the order in which they are to be believed. */
interface Found {
  readonly feed: Announcement[]
  readonly sitemap: Announcement[]
  readonly listing: Announcement[]
  zone: string | null
}

/**
 * Learns of a site's articles from its feeds, sitemaps and listings; for a bare address from whatever of
 * them the front page and robots.txt name.
 * @throws Failure when robots.txt of the site can't be read, which means that nothing may be.
 * @returns articles, newest first, and the zone of the site's clock when its feeds tell it.
 */
export async function discover(pass: Pass): Promise<{ articles: Announcement[]; zone: string | null }> {
  const rules = await pass.door.robots(pass.site.url, pass.site.delaySeconds * 1000)
  const found: Found = { feed: [], sitemap: [], listing: [], zone: null }
  const isNamed = pass.site.sources.length > 0
  let wave: PageRequest[] = firstRequests(pass.site, rules.sitemaps).map((source) => ({
    ...source,
    isGuess: !isNamed && source.kind === 'sitemap' && rules.sitemaps.length === 0,
  }))
  const asked = new Set<string>()
  while (wave.length > 0 && !pass.signal.aborted) {
    const next: PageRequest[] = []
    for (const { url } of wave) asked.add(url)
    await crawlPages(pass, wave, async (kept, request) => {
      next.push(...(await readSource(pass, kept, request, found)))
    })
    wave = next.filter(({ url }) => !asked.has(url))
  }
  if (!isNamed && isEmpty(found)) await tryUsualFeeds(pass, found)
  if (isEmpty(found)) await noteFailure(pass, nothingFound(pass), 'discover')
  const { since } = pass.options
  const articles = mergeAnnouncements(
    [found.feed, found.sitemap, found.listing],
    since === null ? {} : { since },
  )
  return { articles, zone: found.zone }
}

/** @returns further sources that this one names. */
async function readSource(
  pass: Pass,
  kept: KeptAnswer,
  request: PageRequest,
  found: Found,
): Promise<PageRequest[]> {
  const { answer, capture } = kept
  const next: PageRequest[] = []
  if (request.kind === 'feed') {
    const { articles, zone } = await pass.pool.extract({ kind: 'feed', answer })
    found.feed.push(...articles)
    found.zone ??= zone
  } else if (request.kind === 'sitemap') {
    const map = await pass.pool.extract({ kind: 'sitemap', answer })
    if (map.kind === 'pages') found.sitemap.push(...map.pages)
    else
      next.push(...map.sitemaps.slice(0, MOST_SITEMAPS).map(({ url }) => ({ kind: 'sitemap' as const, url })))
  } else {
    const { articles, feeds } = await pass.pool.extract({ kind: 'listing', answer, site: pass.site })
    found.listing.push(...articles)
    const isBare = pass.site.sources.length === 0
    if (isBare) next.push(...feeds.slice(0, MOST_FEEDS).map((url) => ({ kind: 'feed' as const, url })))
  }
  // Without validators a stored copy would never be asked about again.
  const hasValidators =
    capture.headers['etag'] !== undefined || capture.headers['last-modified'] !== undefined
  if (hasValidators && capture.bodyHash !== capture.before?.bodyHash) await pass.store.keepSource(capture)
  return next
}

async function tryUsualFeeds(pass: Pass, found: Found): Promise<void> {
  for (const source of usualFeeds(pass.site)) {
    if (!isEmpty(found) || pass.signal.aborted) return
    await crawlPages(pass, [{ ...source, isGuess: true }], async (kept, request) => {
      await readSource(pass, kept, request, found)
    })
  }
}

function isEmpty(found: Found): boolean {
  return found.feed.length + found.sitemap.length + found.listing.length === 0
}

function nothingFound({ site }: Pass): Failure {
  return new Failure(
    'not_a_feed',
    `${site.id}: no feed, sitemap or listing of ${site.url} names an article; give the address of one, ` +
      'or single pages with --article',
    { url: site.url },
  )
}
