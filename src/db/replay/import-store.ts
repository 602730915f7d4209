import { sql } from 'drizzle-orm'
import { urlHash } from '../../normalise/url.ts'
import type { PageToSave, SiteStore } from '../../store.ts'
import type { StoredAnswer } from '../../stored-answers.ts'
import { articles } from '../articles.ts'
import { captureParts, captureRecords, findCaptures, isLent } from '../captures.ts'
import type { Database } from '../client.ts'
import { savePage } from '../save-page.ts'
import { fenced } from '../site-leases.ts'
import { openSiteStore, type SiteStoreOptions } from '../site-store.ts'
import { replayPage } from './replay-page.ts'

/**
 * The store of pages that others captured. What is newer than what is held is taken over as if it had been fetched at
 * its time; what is older only adds what is not held. Nothing was asked of the site, so that nothing is set aside.
 */
export function openImportStore(db: Database, options: SiteStoreOptions): SiteStore {
  const nothing = () => Promise.resolve()
  return {
    ...openSiteStore(db, options),
    savePage: async (page) => {
      const { requestHash, fetchedAt } = page.capture
      if (await isHeldNewer(db, options.siteId, page)) {
        // It is read with the newest answers about its thread, which may be of later visits than the page.
        return fenced(db, options.lease, (transaction) => replayPage(transaction, options, page, fetchedAt))
      }
      const heads = await findCaptures(db, options.siteId, [requestHash])
      const capture = { ...page.capture, before: heads.get(requestHash) ?? null }
      return savePage(db, options, { ...page, capture })
    },
    keepSource: nothing,
    keepNonArticle: nothing,
    keepReserved: nothing,
    noteTimezone: nothing,
    duePages: () => Promise.resolve([]),
    markGone: () => Promise.resolve(false),
  }
}

async function isHeldNewer(
  db: Database,
  siteId: string,
  { article, askedUrl, capture }: PageToSave,
): Promise<boolean> {
  const hashes = JSON.stringify([urlHash(article.canonicalUrl), urlHash(askedUrl)])
  const wanted = sql`(select json_array_elements_text(${hashes}::json))`
  const rows = await db
    .select({ id: articles.id })
    .from(articles)
    .where(
      sql`${articles.siteId} = ${siteId} and ${articles.checkedAt} >= ${capture.fetchedAt.toISOString()}::timestamptz
        and (${articles.urlHash} in ${wanted} or ${articles.id} in (
          select article_id from article_urls where site_id = ${siteId} and url_hash in ${wanted}))`,
    )
    .limit(1)
  return rows.length > 0
}

/**
 * Stores an archived part of an article or thread.
 * @param lend what may not be held: whoever asks for it deletes it once it was read.
 * @returns the id of what was lent, now or by a job that was killed; null for what is held.
 */
export async function keepArchived(
  db: Database,
  siteId: string,
  answer: StoredAnswer,
  lend: boolean,
): Promise<number | null> {
  const { requestHash, bodyHash, fetchedAt } = answer
  const [held] = await db
    .select({ id: captureRecords.id, isLent })
    .from(captureRecords)
    .where(
      sql`${captureRecords.siteId} = ${siteId} and ${captureRecords.urlHash} = ${requestHash}
        and ${captureRecords.fetchedAt} = ${fetchedAt.toISOString()}::timestamptz
        and ${captureRecords.bodyHash} = ${bodyHash}`,
    )
    .limit(1)
  if (held !== undefined) return held.isLent ? held.id : null
  const [row] = await db.execute<{ id: string }>(
    sql`with ${await captureParts(siteId, [{ ...answer, gzip: null, isLent: lend }])} select id::text from capture`,
  )
  return row === undefined || !lend ? null : Number(row.id)
}
