import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { REDACTED } from '../comment-hashes.ts'

/**
 * Undoes an edit that was none: a notice, such as "removed by a moderator", that an extractor took for the writer's
 * words. The version before it is the current one again; a comment that was never read otherwise has no words.
 */
export async function restoreFormerWords(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const misread = sql`(select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`
  await db.execute(sql`
    update comments set body_text = '', body_html = '', content_hash = ${REDACTED} where id in ${misread}`)
  await db.execute(sql`
    with former as (
      select distinct on (comment_id) * from comment_revisions where comment_id in ${misread}
      order by comment_id, revision desc
    ), taken as (
      delete from comment_revisions r using former f where r.comment_id = f.comment_id and r.revision = f.revision
    )
    update comments c set body_text = f.body_text, body_html = ${asHtml}, content_hash = f.content_hash,
      revision = f.revision, changed_at = f.seen_at, revision_cause = f.cause, extractor_version = f.extractor_version
    from former f where c.id = f.comment_id`)
}

/** Revisions hold no markup, so their paragraphs are all of it. */
const asHtml = sql.raw(String.raw`'<p>' || replace(replace(replace(replace(
  f.body_text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), E'\n\n', '</p><p>') || '</p>'`)
