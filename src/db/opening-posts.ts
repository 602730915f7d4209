import { type SQL, sql } from 'drizzle-orm'
import { articleHash } from '../extractors/article/article-hash.ts'
import type { Database } from './client.ts'
import { jsonBatches } from './json-rows.ts'

/** Articles that are the opening posts of forums' topics: a reader wrote them. */
export const isOpeningPost = sql`rules ->> 'body' = 'opening-post'`

export async function countOpeningPosts(db: Database, which: SQL): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from articles where ${isOpeningPost} and (${which})`,
  )
  return row?.n ?? 0
}

/**
 * Leaves of opening posts only their titles and places, without former versions.
 * @param which of them. @returns how many had words.
 */
export async function emptyOpeningPosts(db: Database, which: SQL): Promise<number> {
  const topics = await db.execute<{ id: string; title: string | null }>(sql`
    select id::text, title from articles where ${isOpeningPost} and body_text <> '' and (${which})`)
  if (topics.length === 0) return 0
  const rows = topics.map(({ id, title }) => ({
    id: Number(id),
    contentHash: articleHash({ title, subtitle: null, bodyText: '' }),
  }))
  for (const json of jsonBatches(rows))
    await db.execute(sql`
    with emptied as (select * from json_to_recordset(${json}::json) as r(id bigint, "contentHash" text)),
    revisions as (delete from article_revisions where article_id in (select id from emptied)),
    signatures as (update article_signatures set sketch = null where article_id in (select id from emptied))
    update articles a set subtitle = null, excerpt = null, body_text = '', body_html = '', content_hash = e."contentHash"
    from emptied e where a.id = e.id`)
  return topics.length
}
