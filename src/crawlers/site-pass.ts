import { Failure } from '../failure.ts'
import { canonicalUrl, urlHash } from '../normalise/url.ts'
import { takeArticlePage } from './article-page.ts'
import type { Announcement } from './discover/announcement.ts'
import { discover, type Discovery } from './discover/discover.ts'
import { SourceClock } from './discover/source-clock.ts'
import type { AnnouncedCount } from '../clocks.ts'
import { confirmPage } from './confirm-page.ts'
import { openHostAnswers } from './host-answers.ts'
import { noteFailure, type Pass } from './pass.ts'
import { crawlPages } from './site-crawler.ts'

/** New articles taken in one pass; an archive of a million pages is taken over many. */
const MOST_ARTICLES = 10_000

/** How a pass over a site ended. `interrupted` passes are taken up again by the next one. */
export type PassOutcome = 'done' | 'partial' | 'failed' | 'interrupted'

/**
 * One pass over one site: discover what it announces, fetch what is new or due, follow the threads,
 * store page by page. What goes wrong is in the pass' tally and in `failures`.
 */
export async function crawlSite(
  given: Omit<Pass, 'hostAnswers'>,
): Promise<{ outcome: PassOutcome; error: string | null }> {
  const pass: Pass = { ...given, hostAnswers: openHostAnswers(given) }
  try {
    const { urls, zoneHint } = await choosePages(pass)
    const pages = urls.map((url) => ({ kind: 'article' as const, url }))
    const zoned = { ...pass, zoneHint }
    await crawlPages(
      pass,
      pages,
      (kept, request) => takeArticlePage(zoned, kept, request),
      (answer, request) => confirmPage(zoned, answer, request),
    )
  } catch (error) {
    if (pass.signal.aborted && error === pass.signal.reason) return { outcome: 'interrupted', error: null }
    if (!(error instanceof Failure)) throw error
    await noteFailure(pass, error, 'discover')
    return { outcome: 'failed', error: error.message }
  }
  if (pass.signal.aborted) return { outcome: 'interrupted', error: null }
  return { outcome: hasFailures(pass) ? 'partial' : 'done', error: null }
}

function hasFailures({ tally }: Pass): boolean {
  const { wall: _wall, use_reserved: _reserved, ...failures } = tally.failures
  return Object.keys(failures).length > 0
}

/** Announced articles that are not held or are due, newest first; then those that are due though nobody names them. */
async function choosePages(pass: Pass): Promise<{ urls: readonly string[]; zoneHint: string | null }> {
  const { options, store, zoneHint } = pass
  if (options.articles.length > 0) return { urls: options.articles, zoneHint }
  const now = new Date()
  const clock = await SourceClock.open(pass, now)
  const discovery = await discover(pass, clock)
  const { articles, zone } = discovery
  if (zone !== null && zone !== zoneHint && pass.site.timezone === null) await store.noteTimezone(zone)
  const moved = await store.reviveThreads(countsOf(articles), now)
  const hashes = discovery.looks.flatMap(({ announced }) => announced)
  const known = await store.knownPages([...new Set(hashes)], now)
  const looked = clock.after(discovery.looks, (hash) => !known.has(hash) || moved.has(hash))
  await store.saveSources(looked, discovery.lost, now)
  countSources(pass, discovery)
  await countFeeds(pass, discovery)
  const due = await store.duePages(now, MOST_ARTICLES)
  const chosen = options.refresh
    ? articles
    : articles.filter(({ url }) => known.get(urlHash(url)) !== 'fresh')
  pass.tally.notDue += articles.length - chosen.length
  const named = chosen.map(({ url }) => url)
  const everything = [...new Set([...named, ...due.map((url) => canonicalUrl(url) ?? url)])]
  return { urls: everything.slice(0, options.limit ?? MOST_ARTICLES), zoneHint: zone ?? zoneHint }
}

/** Whether what was read of sources names anything. */
function countSources({ tally }: Pass, { looks }: Discovery): void {
  const named = new Map<string, boolean>()
  for (const { url, announced } of looks) named.set(url, (named.get(url) ?? false) || announced.length > 0)
  tally.sources.read = named.size
  tally.sources.empty = [...named].filter(([, isNaming]) => !isNaming).map(([url]) => url)
}

/** Whether the feeds that were read go on naming what is found. */
async function countFeeds({ store, tally }: Pass, { looks }: Discovery): Promise<void> {
  const feeds = looks.filter(({ kind }) => kind === 'feed')
  if (feeds.length === 0) return
  const named = new Set(feeds.flatMap(({ announced }) => announced))
  const recent = await store.recentArticles()
  tally.feeds.read = feeds.length
  tally.feeds.recent = recent.length
  tally.feeds.named = recent.filter((hashes) => hashes.some((hash) => named.has(hash))).length
}

/** What feeds say of how many comments their articles have. */
const countsOf = (articles: readonly Announcement[]): AnnouncedCount[] =>
  articles.flatMap(({ url, commentCount }) =>
    commentCount === null || commentCount > MOST_COMMENTS
      ? []
      : [{ urlHash: urlHash(url), count: commentCount }],
  )

/** A feed that tells of more is mistaken. */
const MOST_COMMENTS = 1_000_000_000
