import { sql } from 'drizzle-orm'
import { articles } from './articles.ts'
import type { Database } from './client.ts'
import { comments } from './comments.ts'

/** The articles of some sites with all their comments in reading order. For small sites: all of it is held in memory. */
export async function readArticlesWithComments(db: Database, siteIds: readonly string[]) {
  const wanted = sql`(select json_array_elements_text(${JSON.stringify(siteIds)}::json))`
  const rows = await db
    .select()
    .from(articles)
    .where(sql`${articles.siteId} in ${wanted}`)
  const all = await db
    .select()
    .from(comments)
    .where(sql`${comments.articleId} in (select id from articles where site_id in ${wanted})`)
    .orderBy(sql`${comments.articleId}, ${comments.position}`)
  const nativeIds = new Map(all.map(({ id, nativeId }) => [id, nativeId]))
  const byArticle = new Map<number, typeof all>(rows.map(({ id }) => [id, []]))
  for (const comment of all) byArticle.get(comment.articleId)?.push(comment)
  return rows.map((article) => ({
    ...article,
    comments: (byArticle.get(article.id) ?? []).map((comment) => ({
      ...comment,
      parentNativeId: comment.parentId === null ? null : (nativeIds.get(comment.parentId) ?? null),
    })),
  }))
}
