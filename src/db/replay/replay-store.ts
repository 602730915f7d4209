import type { SiteStore } from '../../store.ts'
import type { Database } from '../client.ts'
import { fenced } from '../site-leases.ts'
import { openSiteStore, type SiteStoreOptions } from '../site-store.ts'
import { replayPage } from './replay-page.ts'

/**
 * The store of a replay. Only what today's extractors read otherwise is written: nothing was looked at, so no moment
 * of a check moves; nothing was asked for, so absence proves nothing and no capture is kept.
 */
export function openReplayStore(db: Database, options: SiteStoreOptions): SiteStore {
  const nothing = () => Promise.resolve()
  return {
    ...openSiteStore(db, options),
    savePage: (page) => fenced(db, options.lease, (transaction) => replayPage(transaction, options, page)),
    keepSource: nothing,
    keepNonArticle: nothing,
    noteTimezone: nothing,
    recordFailure: nothing,
    duePages: () => Promise.resolve([]),
    threadMemory: () => Promise.resolve(null),
    confirmPage: () => Promise.resolve(null),
    markGone: () => Promise.resolve(false),
  }
}
