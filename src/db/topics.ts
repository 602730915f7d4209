import { type SQL, sql } from 'drizzle-orm'
import { articleHash } from '../extractors/article/article-hash.ts'
import { topicRules } from '../extractors/article/topic-of-posts.ts'
import type { PageToSave } from '../store.ts'
import type { KnownArticle } from './articles.ts'
import type { Database } from './client.ts'
import { jsonBatches } from './json-rows.ts'

/** Articles that are topics of forums: a reader wrote them. */
export const isTopic = sql.raw(`rules ->> 'body' in (${topicRules.map((rule) => `'${rule}'`).join(', ')})`)

/** Topics that have words yet. @param which of them. */
export async function topicsWithWords(db: Database, which: SQL): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select id::text from articles where ${isTopic} and body_text <> '' and (${which})`,
  )
  return rows.map(({ id }) => Number(id))
}

/** Leaves of these articles only their titles and places, without former versions. They are known for topics from then on. */
export async function emptyArticles(db: Database, ids: readonly number[]): Promise<void> {
  for (const some of jsonBatches(ids)) {
    const wanted = sql`(select value::bigint from json_array_elements_text(${some}::json))`
    const titles = await db.execute<{ id: string; title: string | null }>(
      sql`select id::text, title from articles where id in ${wanted}`,
    )
    const rows = titles.map(({ id, title }) => ({
      id: Number(id),
      contentHash: articleHash({ title, subtitle: null, bodyText: '' }),
    }))
    for (const json of jsonBatches(rows))
      await db.execute(sql`
        with emptied as (select * from json_to_recordset(${json}::json) as r(id bigint, "contentHash" text)),
        revisions as (delete from article_revisions where article_id in (select id from emptied)),
        signatures as (update article_signatures set sketch = null where article_id in (select id from emptied))
        update articles a set authors = '{}', tags = '{}', subtitle = null, excerpt = null, image_url = null,
          body_text = '', body_html = '', content_hash = e."contentHash",
          rules = case when ${isTopic} then rules else jsonb_set(rules, '{body}', '"posts"') end
        from emptied e where a.id = e.id`)
  }
}

/** A topic has words when it is stored; where it has none their time was over, or their writer was erased. */
export const isWithheld = (
  page: Pick<PageToSave, 'isWithheld'>,
  { bodyRule, bodyLength }: Pick<KnownArticle, 'bodyRule' | 'bodyLength'>,
): boolean => page.isWithheld === true || (bodyLength === 0 && topicRules.includes(bodyRule ?? ''))

/** What is held of a text that may not be held goes, whatever brought it. That is no change of the site's. */
export async function withholdText(
  db: Database,
  articleId: number,
  heldLength: number,
): Promise<'unchanged'> {
  if (heldLength > 0) await emptyArticles(db, [articleId])
  return 'unchanged'
}
