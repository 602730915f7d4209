import { Failure } from '../failure.ts'
import { canonicalUrl, urlHash } from '../normalise/url.ts'
import { takeArticlePage } from './article-page.ts'
import type { Announcement } from './discover/announcement.ts'
import { discover } from './discover/discover.ts'
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
    await crawlPages(pass, pages, (kept, request) => takeArticlePage({ ...pass, zoneHint }, kept, request))
  } catch (error) {
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
  const { articles, zone } = await discover(pass)
  if (zone !== null && zone !== zoneHint && pass.site.timezone === null) await store.noteTimezone(zone)
  const due = await store.duePages(now, MOST_ARTICLES)
  const chosen = options.refresh ? articles.map(({ url }) => url) : await dueOf(pass, articles, now)
  const everything = [...new Set([...chosen, ...due.map((url) => canonicalUrl(url) ?? url)])]
  return { urls: everything.slice(0, options.limit ?? MOST_ARTICLES), zoneHint: zone ?? zoneHint }
}

async function dueOf(pass: Pass, announced: readonly Announcement[], now: Date): Promise<string[]> {
  const hashes = announced.map(({ url }) => urlHash(url))
  const known = await pass.store.knownPages(hashes, now)
  const chosen = announced.filter((_, index) => known.get(hashes[index] ?? '') !== 'fresh')
  pass.tally.notDue += announced.length - chosen.length
  return chosen.map(({ url }) => url)
}
