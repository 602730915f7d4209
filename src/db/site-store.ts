import { findKnownUrls } from './article-urls.ts'
import { findDueUrls, markArticleGone } from './articles.ts'
import { findCaptures, findNonArticles, readCaptureBody, replaceCapture } from './captures.ts'
import type { Database } from './client.ts'
import { savePage, type SavePageOptions } from './save-page.ts'
import { noteTimezone } from './sites.ts'
import { findFailedUrls, recordFailure } from './runs.ts'
import { loadSources, saveSources } from './sources.ts'
import { reviveThreads } from './revive-threads.ts'
import { findHeldIds, findThreadMemory } from './thread-memory.ts'
import type { SiteStore } from '../store.ts'

export interface SiteStoreOptions extends SavePageOptions {
  readonly runId: number
}

/** The store of one pass over one site. Everything that belongs to one page goes in one transaction. */
export function openSiteStore(db: Database, options: SiteStoreOptions): SiteStore {
  const { siteId, runId } = options
  return {
    captureHeads: (requestHashes) => findCaptures(db, siteId, requestHashes),
    captureBody: (id) => readCaptureBody(db, id),
    keepSource: (capture) => replaceCapture(db, siteId, capture),
    sources: () => loadSources(db, siteId),
    saveSources: (known, lost, now) => saveSources(db, siteId, { known, lost, now }),
    reviveThreads: (counts, now) => reviveThreads(db, siteId, counts, now),
    keepNonArticle: (capture) => replaceCapture(db, siteId, { ...capture, kind: 'not_an_article' }),
    keepReserved: (capture) => replaceCapture(db, siteId, { ...capture, kind: 'reserved' }),
    knownPages: (hashes, now) => knownPages(db, siteId, hashes, now),
    duePages: async (now, limit) => {
      const due = await findDueUrls(db, siteId, now, limit)
      return [...due, ...(await findFailedUrls(db, siteId, now, limit))]
    },
    threadMemory: (thread) => findThreadMemory(db, siteId, thread),
    heldComments: (threadId, nativeIds) => findHeldIds(db, threadId, nativeIds),
    savePage: (page) => savePage(db, options, page),
    noteTimezone: (timezone) => noteTimezone(db, siteId, timezone),
    markGone: (hash, at) => markArticleGone(db, siteId, hash, at),
    recordFailure: (failure) => recordFailure(db, runId, siteId, failure),
  }
}

async function knownPages(db: Database, siteId: string, hashes: readonly string[], now: Date) {
  const known = new Map<string, 'due' | 'fresh'>()
  for (const hash of await findNonArticles(db, siteId, hashes, now)) known.set(hash, 'fresh')
  for (const { hash, due } of await findKnownUrls(db, siteId, hashes, now))
    known.set(hash, due ? 'due' : 'fresh')
  return known
}
