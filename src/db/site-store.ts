import { findKnownUrls } from './article-urls.ts'
import { findDueUrls, markArticleGone } from './articles.ts'
import { findCaptures, findNonArticles, readCaptureBody, replaceCapture } from './captures.ts'
import type { Database } from './client.ts'
import { savePage, type SavePageOptions } from './save-page.ts'
import { noteTimezone } from './sites.ts'
import { fenced } from './site-leases.ts'
import { findFailedUrls, recordFailure } from './runs.ts'
import type { SiteStore } from '../store.ts'

export interface SiteStoreOptions extends SavePageOptions {
  readonly runId: number
}

/**
 * The store of one pass over one site. Everything that belongs to one page goes in one transaction, under the pass'
 * lease.
 */
export function openSiteStore(db: Database, options: SiteStoreOptions): SiteStore {
  const { siteId, runId, lease } = options
  const write = <Result>(work: (transaction: Database) => Promise<Result>) => fenced(db, lease, work)
  return {
    captureHeads: (requestHashes) => findCaptures(db, siteId, requestHashes),
    captureBody: (id) => readCaptureBody(db, id),
    keepSource: (capture) => write((to) => replaceCapture(to, siteId, capture)),
    keepNonArticle: (capture) =>
      write((to) => replaceCapture(to, siteId, { ...capture, kind: 'not_an_article' })),
    keepReserved: (capture) => write((to) => replaceCapture(to, siteId, { ...capture, kind: 'reserved' })),
    knownPages: (hashes, now) => knownPages(db, siteId, hashes, now),
    duePages: async (now, limit) => {
      const due = await findDueUrls(db, siteId, now, limit)
      return [...due, ...(await findFailedUrls(db, siteId, now, limit))]
    },
    savePage: (page) => savePage(db, options, page),
    noteTimezone: (timezone) => write((to) => noteTimezone(to, siteId, timezone)),
    markGone: (hash, at) => write((to) => markArticleGone(to, siteId, hash, at)),
    recordFailure: (failure) => write((to) => recordFailure(to, runId, siteId, failure)),
  }
}

async function knownPages(db: Database, siteId: string, hashes: readonly string[], now: Date) {
  const known = new Map<string, 'due' | 'fresh'>()
  for (const hash of await findNonArticles(db, siteId, hashes, now)) known.set(hash, 'fresh')
  for (const { hash, due } of await findKnownUrls(db, siteId, hashes, now))
    known.set(hash, due ? 'due' : 'fresh')
  return known
}
