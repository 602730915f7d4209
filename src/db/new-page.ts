import { sql } from 'drizzle-orm'
import { newSignatureInsert } from './article-signatures.ts'
import { type Alias, newAliasInsert } from './article-urls.ts'
import { articleInsert, type ArticleRow } from './articles.ts'
import { captureInsert, type Capture } from './captures.ts'
import type { Database } from './client.ts'
import { type CommentRow, newCommentIds, newCommentsInsert } from './comments.ts'
import { newThreadInsert, type NewThread } from './threads.ts'

/** An article that is not held, with all that was read beside it. */
export interface NewPage {
  readonly article: ArticleRow
  readonly alias: Alias | null
  readonly thread: NewThread | null
  /** Rows with ordinals from 1 in place of ids. */
  readonly comments: readonly CommentRow[]
  readonly captures: readonly Capture[]
}

/**
 * Inserts a page with its thread and comments: one statement, for each round trip costs as much as the writing.
 * @returns the article's id, or null when its address is held already; nothing is written then.
 */
export async function insertPage(db: Database, page: NewPage): Promise<number | null> {
  const { article, alias, thread, comments, captures } = page
  const [row] = await db.execute<{ id: string }>(sql`
    with article as (${articleInsert(article)}),
    signature as (${newSignatureInsert()}),
    alias as (${newAliasInsert(article.siteId, alias)}),
    thread as (${newThreadInsert(thread)}),
    ids as materialized (${newCommentIds(comments.length)}),
    comment as (${newCommentsInsert(comments)}),
    capture as (${await captureInsert(article.siteId, captures)} where exists (select from article))
    select id::text from article`)
  return row === undefined ? null : Number(row.id)
}
