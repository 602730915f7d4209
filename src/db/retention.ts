import { sql } from 'drizzle-orm'
import type { Site } from '../sites/site.ts'
import type { Database } from './client.ts'
import { REDACTED } from './comment-hashes.ts'
import { emptyArticles, isTopic, topicsWithWords } from './topics.ts'
import { redactRemoved } from './redactions.ts'

/**
 * Lets go of what a site's declaration says is kept for a time only: names, words, those of removed comments among them,
 * and the records of runs. To be asked for by whatever stores comments, when it ends.
 */
export async function endRetention(
  db: Database,
  site: Pick<Site, 'id' | 'nameDays' | 'commentDays' | 'runDays' | 'onRemoval' | 'redactAfterDays'>,
  now: Date,
): Promise<void> {
  const { id, nameDays, commentDays, runDays } = site
  await redactRemoved(db, site, now)
  const before = (days: number) => sql`${now.toISOString()}::timestamptz - ${days}::float8 * interval '1 day'`
  const ofSite = sql`article_id in (select id from articles where site_id = ${id})`
  const topics = (days: number) =>
    sql`site_id = ${id} and coalesce(published_at, first_seen_at) < ${before(days)}`
  if (nameDays !== null) {
    await db.execute(sql`
      update articles set authors = '{}', tags = '{}', image_url = null where ${isTopic} and ${topics(nameDays)}
        and (authors <> '{}' or tags <> '{}' or image_url is not null)`)
    await db.execute(sql`
      update comments set author_name = null, author_display = null, author_key = null, permalink = null
      where ${ofSite} and coalesce(published_at, first_seen_at) < ${before(nameDays)}
        and (author_name is not null or author_display is not null or author_key is not null)`)
  }
  if (commentDays !== null)
    await db.transaction(async (transaction) => {
      const old = sql`${ofSite} and coalesce(published_at, first_seen_at) < ${before(commentDays)}`
      await transaction.execute(sql`
        delete from comment_revisions where comment_id in (select id from comments where ${old})`)
      await transaction.execute(sql`
        update comments set body_text = '', body_html = '', quotes = '[]', content_hash = ${REDACTED},
          redacted_at = ${now.toISOString()}::timestamptz
        where ${old} and (body_text <> '' or quotes <> '[]')`)
      await emptyArticles(transaction, await topicsWithWords(transaction, topics(commentDays)))
    })
  if (runDays !== null)
    await db.execute(sql`delete from runs where site_id = ${id} and started_at < ${before(runDays)}`)
}
