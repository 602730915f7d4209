import { type SQL, sql } from 'drizzle-orm'
import type { Site } from '../sites/site.ts'
import type { Database } from './client.ts'
import { REDACTED } from './comment-hashes.ts'

/**
 * Lets go of the words of removed comments, and of their former versions, as the site's setting says. What others
 * quoted of them is the others', and stays.
 * @returns how many comments were redacted.
 */
export async function redactRemoved(
  db: Database,
  { id, onRemoval, redactAfterDays }: Pick<Site, 'id' | 'onRemoval' | 'redactAfterDays'>,
  now: Date,
): Promise<number> {
  if (onRemoval === 'keep') return 0
  const isErased = onRemoval === 'erase'
  const at = sql`${now.toISOString()}::timestamptz`
  const until = isErased ? at : sql`${at} - ${redactAfterDays}::float8 * interval '1 day'`
  const due = sql`
    select c.id from comments c join articles a on a.id = c.article_id
    where a.site_id = ${id} and c.state = 'removed' and c.redacted_at is null and c.removed_at <= ${until}`
  return db.transaction(async (transaction) => {
    await transaction.execute(sql`
      update comment_revisions set body_text = '', content_hash = ${REDACTED} where comment_id in (${due})`)
    const redacted = await transaction.execute(sql`
      update comments set redacted_at = ${at}, body_text = '', body_html = '', quotes = '[]',
        content_hash = ${REDACTED} ${isErased ? writer : sql``}
      where id in (${due}) returning id`)
    return redacted.length
  })
}

/** What tells who wrote a comment. */
const writer: SQL = sql`, author_name = null, author_display = null, author_key = null, permalink = null`
