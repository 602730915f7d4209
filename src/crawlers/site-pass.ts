import { Failure } from '../failure.ts'
import { canonicalUrl, urlHash } from '../normalise/url.ts'
import { takeArticlePage } from './article-page.ts'
import type { Announcement } from './discover/announcement.ts'
import { discover, type Discovery } from './discover/discover.ts'
import { SourceClock } from './discover/source-clock.ts'
import type { AnnouncedCount } from '../clocks.ts'
import { confirmPage } from './confirm-page.ts'
import { openHostAnswers } from './host-answers.ts'
import { isSpent, noteFailure, type Pass } from './pass.ts'
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
    const chosen = await choosePages(pass)
    const zoned = { ...pass, zoneHint: chosen.zoneHint }
    await crawlArticles(zoned, chosen.named)
    await crawlArticles(zoned, await leftOf(zoned, chosen))
  } catch (error) {
    if (pass.signal.aborted && error === pass.signal.reason) return { outcome: 'interrupted', error: null }
    if (!(error instanceof Failure)) throw error
    await noteFailure(pass, error, 'discover')
    return { outcome: 'failed', error: error.message }
  }
  if (pass.signal.aborted) return { outcome: 'interrupted', error: null }
  return { outcome: hasFailures(pass) ? 'partial' : 'done', error: null }
}

async function crawlArticles(pass: Pass, urls: readonly string[]): Promise<void> {
  await crawlPages(
    pass,
    urls.map((url) => ({ kind: 'article', url })),
    (kept, request) => takeArticlePage(pass, kept, request),
    (answer, request) => confirmPage(pass, answer, request),
  )
}

function hasFailures({ tally }: Pass): boolean {
  const { wall: _wall, use_reserved: _reserved, ...failures } = tally.failures
  return Object.keys(failures).length > 0
}

/** The pages of a pass, no more than it may take. */
interface ChosenPages {
  /** Announced articles that are not held or are due, newest first, or those that were asked for. */
  readonly named: readonly string[]
  /** Others that are due at `now`, though nobody names them under these addresses. */
  readonly due: readonly string[]
  readonly now: Date
  readonly zoneHint: string | null
}

async function choosePages(pass: Pass): Promise<ChosenPages> {
  const { options, store, zoneHint } = pass
  const now = new Date()
  if (options.articles.length > 0) return { named: options.articles, due: [], now, zoneHint }
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
  const chosen = options.refresh
    ? articles
    : articles.filter(({ url }) => known.get(urlHash(url)) !== 'fresh')
  pass.tally.notDue += articles.length - chosen.length
  const named = new Set(chosen.slice(0, mostOf(pass)).map(({ url }) => url))
  const due = (await duePages(pass, now)).filter((url) => !named.has(url))
  return { named: [...named], due, now, zoneHint: zone ?? zoneHint }
}

const mostOf = ({ options }: Pass): number => options.limit ?? MOST_ARTICLES

const duePages = async ({ store }: Pass, now: Date): Promise<string[]> =>
  (await store.duePages(now, MOST_ARTICLES)).map((url) => canonicalUrl(url) ?? url)

/** What is due still: a feed may name articles by other addresses than their own, by which they were read by now. */
async function leftOf(pass: Pass, { named, due, now }: ChosenPages): Promise<readonly string[]> {
  const room = mostOf(pass) - named.length
  if (due.length === 0 || room <= 0 || pass.signal.aborted || isSpent(pass)) return []
  const left = new Set(named.length === 0 ? due : await duePages(pass, now))
  return due.filter((url) => left.delete(url)).slice(0, room)
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
