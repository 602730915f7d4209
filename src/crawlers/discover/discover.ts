import type { Announcement } from './announcement.ts'
import { mergeAnnouncements } from './merge.ts'
import { firstRequests, usualFeeds } from './plan.ts'
import { abortable } from '../fetch/abortable.ts'
import type { KeptAnswer } from '../kept-answer.ts'
import { isSpent, noteFailure, type Pass } from '../pass.ts'
import { crawlPages, type PageRequest } from '../site-crawler.ts'
import { Failure } from '../../failure.ts'
import { urlHash } from '../../normalise/url.ts'
import type { Source } from '../../sites/site.ts'
import type { SitemapReference } from './sitemap-order.ts'
import type { SourceClock, SourceLook } from './source-clock.ts'

/** Child sitemaps of one index, newest first; what lies beyond is the archive of years ago. */
const MOST_SITEMAPS = 50
const MOST_FEEDS = 5
/** Steps from one source to those that it names: a sitemap of sitemaps of sitemaps. */
const MOST_STEPS = 3
/** Sources asked in one pass, whatever they name. */
const MOST_SOURCES = 100

/** What the sources of a site announce, in the order in which they are to be believed. */
interface Found {
  readonly feed: Announcement[]
  readonly sitemap: Announcement[]
  readonly listing: Announcement[]
  readonly looks: SourceLook[]
  /** Feeds that the front page names. */
  readonly named: Set<string>
  /** Feeds that were found before and are none any more. */
  readonly lost: Set<string>
  zone: string | null
}

export interface Discovery {
  /** Newest first. */
  readonly articles: readonly Announcement[]
  /** The zone of the site's clock, when its feeds tell it. */
  readonly zone: string | null
  /** The sources that were read. */
  readonly looks: readonly SourceLook[]
  /** Hashes of feeds that were found before and are there no longer. */
  readonly lost: readonly string[]
}

/**
 * Learns of a site's articles from those of its feeds, sitemaps and listings that are due; for a bare address from
 * whatever of them the front page and robots.txt name, or named before.
 * @throws Failure when robots.txt of the site can't be read, which means that nothing may be; the reason of the pass'
 *   signal when it ends while robots.txt is waited for.
 */
export async function discover(pass: Pass, clock: SourceClock): Promise<Discovery> {
  const asking = pass.door.robots(pass.site.url, pass.site.delaySeconds * 1000)
  const { sitemaps } = await abortable(asking, pass.signal)
  const found: Found = {
    feed: [],
    sitemap: [],
    listing: [],
    looks: [],
    named: new Set(),
    lost: new Set(),
    zone: null,
  }
  const isNamed = pass.site.sources.length > 0
  const foundBefore = isNamed ? [] : clock.knownFeeds()
  const first: Wanted[] = firstRequests(pass.site, sitemaps).map((source) => ({
    ...source,
    isGuess: !isNamed && source.kind === 'sitemap' && sitemaps.length === 0,
  }))
  const known = foundBefore.map((feed) => ({ ...feed, onLost: () => void found.lost.add(feed.url) }))
  await readSources(pass, clock, [...first, ...known], found)
  // What a source that is not due would name is known already.
  const isSilent = isEmpty(found) && pass.tally.sourcesNotDue === 0
  if (isSilent && !isNamed && !foundBefore.some((feed) => isUnheard(feed, found)))
    await tryUsualFeeds(pass, found)
  if (isSilent && isEmpty(found) && !isExplained(pass))
    await noteFailure(pass, nothingFound(pass), 'discover')
  const { since } = pass.options
  const articles = mergeAnnouncements(
    [found.feed, found.sitemap, found.listing],
    since === null ? {} : { since },
  )
  const isBrokenOff = pass.signal.aborted || isSpent(pass)
  const lost = isBrokenOff ? [] : foundBefore.filter((feed) => isLost(feed, found))
  return { articles, zone: found.zone, looks: found.looks, lost: lost.map(({ url }) => urlHash(url)) }
}

/** A source to be asked, unless it is not due. */
type Wanted = PageRequest & { readonly changedAt?: Date | null }

/** Asks what is due of these sources, and of those that they name. */
async function readSources(
  pass: Pass,
  clock: SourceClock,
  first: readonly Wanted[],
  found: Found,
): Promise<void> {
  const asked = new Set<string>()
  let wave = first
  for (let step = 0; step <= MOST_STEPS && wave.length > 0 && !pass.signal.aborted; step += 1) {
    const next: Wanted[] = []
    for (const { url } of wave) asked.add(url)
    const due = wave.filter(({ url, changedAt }) => clock.isDue(url, changedAt))
    pass.tally.sourcesNotDue += wave.length - due.length
    await crawlPages(pass, due, async (kept, request) => {
      next.push(...(await readSource(pass, kept, request, found)))
    })
    wave = next.filter(({ url }) => !asked.has(url)).slice(0, Math.max(0, MOST_SOURCES - asked.size))
  }
}

/** A feed that could not be asked, or failed for now. */
const isUnheard = ({ url }: Source, { lost, looks }: Found): boolean =>
  !lost.has(url) && !looks.some((look) => look.url === url)

/** A feed that is none any more, or that a front page passes over which names others; not one that failed for now. */
function isLost({ url }: Source, { lost, named }: Found): boolean {
  return lost.has(url) || (named.size > 0 && !named.has(url))
}

/** @returns further sources that this one names. */
async function readSource(
  pass: Pass,
  kept: KeptAnswer,
  request: PageRequest,
  found: Found,
): Promise<Wanted[]> {
  const { answer, capture } = kept
  const next: Wanted[] = []
  if (request.kind === 'feed') {
    const { articles, zone } = await pass.pool.extract({ kind: 'feed', answer })
    announce(found, request, articles)
    found.zone ??= zone
  } else if (request.kind === 'sitemap') {
    const map = await pass.pool.extract({ kind: 'sitemap', answer })
    if (map.kind === 'pages') announce(found, request, map.pages)
    else next.push(...map.sitemaps.slice(0, MOST_SITEMAPS).map(childSitemap))
  } else {
    const { articles, feeds } = await pass.pool.extract({ kind: 'listing', answer, site: pass.site })
    announce(found, request, articles)
    const isBare = pass.site.sources.length === 0
    for (const url of isBare ? feeds.slice(0, MOST_FEEDS) : []) {
      found.named.add(url)
      next.push({ kind: 'feed', url })
    }
  }
  // Without validators a stored copy would never be asked about again.
  const hasValidators =
    capture.headers['etag'] !== undefined || capture.headers['last-modified'] !== undefined
  if (hasValidators && capture.bodyHash !== capture.before?.bodyHash) await pass.store.keepSource(capture)
  return next
}

const childSitemap = ({ url, lastModified }: SitemapReference): Wanted => ({
  kind: 'sitemap',
  url,
  changedAt: lastModified,
})

function announce(found: Found, { kind, url }: PageRequest, articles: readonly Announcement[]): void {
  if (kind === 'article') return
  found[kind].push(...articles)
  found.looks.push({ kind, url, announced: articles.map((article) => urlHash(article.url)) })
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

/** A source that was refused or could not be read is told of by itself; one that is gone leaves the question open. */
const isExplained = ({ tally }: Pass): boolean => Object.keys(tally.failures).some((name) => name !== 'gone')

function nothingFound({ site }: Pass): Failure {
  return new Failure(
    'not_a_feed',
    `no feed, sitemap or listing of ${site.url} names an article; give the address of one, ` +
      'or single pages with --article',
    { url: site.url },
  )
}
