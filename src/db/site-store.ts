import { findKnownUrls, findRecentArticles } from './article-urls.ts'
import { findDueUrls, markArticleGone } from './article-checks.ts'
import { findCaptures, readCaptureBody, replaceCapture } from './captures.ts'
import { findNonArticles } from './non-articles.ts'
import type { Database } from './client.ts'
import type { Attempt } from './patience.ts'
import { confirmPage } from './confirm-page.ts'
import { savePage, type SavePageOptions } from './save-page.ts'
import { noteTimezone } from './sites.ts'
import { fenced } from './site-leases.ts'
import { findFailedUrls, recordFailure } from './runs.ts'
import { loadSources, saveSources } from './sources.ts'
import { reviveThreads } from './revive-threads.ts'
import { findHeldIds, findThreadMemory } from './thread-memory.ts'
import type { CaptureKind, SiteStore } from '../store.ts'

export interface SiteStoreOptions extends SavePageOptions {
  readonly runId: number
  /** Does each thing that is asked of the store; absent: once, as it comes. */
  readonly attempt?: Attempt
}

/**
 * The store of one pass over one site. Everything that belongs to one page goes in one transaction, which can be done
 * again as a whole, and writes nothing once another process has taken the site.
 */
export function openSiteStore(db: Database, options: SiteStoreOptions): SiteStore {
  const { siteId, runId, lease, attempt = (work) => work() } = options
  const write = <Result>(work: (transaction: Database) => Promise<Result>): Promise<Result> =>
    attempt(() => fenced(db, lease, work))
  const keep =
    (kind?: CaptureKind): SiteStore['keepSource'] =>
    (capture) =>
      write((transaction) => replaceCapture(transaction, siteId, { ...capture, kind: kind ?? capture.kind }))
  return {
    captureHeads: (requestHashes) => attempt(() => findCaptures(db, siteId, requestHashes)),
    captureBody: (id) => attempt(() => readCaptureBody(db, id)),
    keepSource: keep(),
    sources: () => attempt(() => loadSources(db, siteId)),
    saveSources: (known, lost, now) =>
      write((transaction) => saveSources(transaction, siteId, { known, lost, now })),
    reviveThreads: (counts, now) => write((transaction) => reviveThreads(transaction, siteId, counts, now)),
    keepNonArticle: keep('not_an_article'),
    keepReserved: keep('reserved'),
    knownPages: (hashes, now) => attempt(() => knownPages(db, siteId, hashes, now)),
    recentArticles: () => attempt(() => findRecentArticles(db, siteId)),
    duePages: (now, limit) =>
      attempt(async () => {
        const due = await findDueUrls(db, siteId, now, limit)
        return [...due, ...(await findFailedUrls(db, siteId, now, limit))]
      }),
    threadMemory: (thread) => attempt(() => findThreadMemory(db, siteId, thread)),
    heldComments: (threadId, nativeIds) => attempt(() => findHeldIds(db, threadId, nativeIds)),
    savePage: (page) => attempt(() => savePage(db, options, page)),
    confirmPage: (visit) => attempt(() => confirmPage(db, options, visit)),
    noteTimezone: (timezone) => write((transaction) => noteTimezone(transaction, siteId, timezone)),
    markGone: (hash, at) => write((transaction) => markArticleGone(transaction, siteId, hash, at)),
    recordFailure: (failure) => write((transaction) => recordFailure(transaction, runId, siteId, failure)),
  }
}

async function knownPages(db: Database, siteId: string, hashes: readonly string[], now: Date) {
  const known = new Map<string, 'due' | 'fresh'>()
  for (const hash of await findNonArticles(db, siteId, hashes, now)) known.set(hash, 'fresh')
  for (const { hash, due } of await findKnownUrls(db, siteId, hashes, now))
    known.set(hash, due ? 'due' : 'fresh')
  return known
}
