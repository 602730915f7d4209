import { sql } from 'drizzle-orm'
import { urlHash } from '../normalise/url.ts'
import type { ConfirmedPage, PageVisit } from '../store.ts'
import { articles } from './articles.ts'
import type { Database } from './client.ts'
import type { SavePageOptions } from './save-page.ts'
import { leaseRow } from './site-leases.ts'
import { threads } from './threads.ts'
import { failpoint } from '../failpoint.ts'

/**
 * Takes down a visit to a page that is as it was: that its article and thread were looked at, and when they are due
 * again. Nothing else is read of it, nor written.
 * @returns null when the page was not read under this key last, when a comment waits for its absence to be confirmed, or
 *   when the lease is lost, which the next write tells.
 */
export async function confirmPage(
  db: Database,
  { siteId, revisit, lease }: Pick<SavePageOptions, 'siteId' | 'revisit' | 'lease'>,
  visit: PageVisit,
): Promise<ConfirmedPage | null> {
  const { seenAt, timezone } = visit
  const held = await findConfirmed(db, siteId, visit)
  if (held === null) return null
  const { articleId, changedAt, thread, rules } = held
  const life = { bornAt: held.publishedAt ?? held.firstSeenAt, fresh: [], timezone }
  const plan =
    thread === null ? null : revisit.thread({ ...life, pace: thread.pace, closed: thread.closed }, seenAt)
  const at = sql`${seenAt.toISOString()}::timestamptz`
  const next = sql`${revisit.article(changedAt, seenAt).toISOString()}::timestamptz`
  const rows = await db.execute(sql`
    with lease as (${leaseRow(lease)}),
    article as (
      update articles set checked_at = ${at}, gone_at = null
      where id = ${articleId} and exists (select from lease) returning id),
    thread as (
      update threads set checked_at = ${at}, next_check_at = ${plan?.nextCheckAt.toISOString() ?? null}::timestamptz,
        pace = ${JSON.stringify(plan?.pace ?? null)}::jsonb, article_checked_at = ${at}, article_next_check_at = ${next}
      from article where article_id = article.id),
    threadless as (
      update article_checks set checked_at = ${at}, next_check_at = ${next} from article where article_id = article.id)
    select id from article`)
  failpoint('visit-noted')
  if (rows.length === 0) return null
  const unchanged = thread?.collectedCount ?? 0
  return {
    saved: {
      change: 'unchanged',
      isTextKept: false,
      comments: { new: 0, edited: 0, removed: 0, unchanged },
      thread:
        thread === null
          ? null
          : { complete: thread.complete, incompleteReason: thread.incompleteReason, isPartial: false },
    },
    rules,
  }
}

/** The article that was read under the key of the visit, with its thread. */
async function findConfirmed(db: Database, siteId: string, { askedUrl, readingKey }: PageVisit) {
  const { id, changedAt, firstSeenAt, publishedAt, rules } = articles
  const { pace, closed, complete, incompleteReason, collectedCount } = threads
  const hash = urlHash(askedUrl)
  const rows = await db
    .select({
      articleId: id,
      changedAt,
      firstSeenAt,
      publishedAt,
      rules,
      thread: { pace, closed, complete, incompleteReason, collectedCount },
    })
    .from(articles)
    .leftJoin(threads, sql`${threads.articleId} = ${id}`)
    .where(
      sql`${articles.siteId} = ${siteId} and ${articles.readingKey} = ${readingKey}
        and (${articles.urlHash} = ${hash} or ${id} in (
          select article_id from article_urls where site_id = ${siteId} and url_hash = ${hash}))
        and not exists (select from threads t where t.article_id = ${id} and (
          t.page_order is not null or coalesce(t.incomplete_reason, 'shortfall') <> 'shortfall'))
        and not exists (select from threads t join comments c on c.thread_id = t.id
          where t.article_id = ${id} and c.missing_since is not null and c.state <> 'removed')`,
    )
  // Of two threads the page can't have shown both.
  return rows.length === 1 ? (rows[0] ?? null) : null
}
