import { sql } from 'drizzle-orm'
import { newSignatureInsert } from './article-signatures.ts'
import { type Alias, newAliasInsert } from './article-urls.ts'
import { newCheckInsert } from './article-checks.ts'
import { articleInsert, type ArticleRow } from './articles.ts'
import { captureParts, type Capture } from './captures.ts'
import type { Database } from './client.ts'
import { leaseRow, type SiteLease } from './site-leases.ts'
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
 * @param lease under which it is written, unless the transaction around has seen to that.
 * @returns the article's id, or null when its address is held already, or the lease is lost; nothing is written then.
 */
export async function insertPage(
  db: Database,
  page: NewPage,
  lease: SiteLease | null,
): Promise<number | null> {
  const { article, alias, thread, comments, captures } = page
  const [row] = await db.execute<{ id: string }>(sql`
    with lease as (${lease === null ? sql`select` : leaseRow(lease)}),
    article as (${articleInsert(article, sql`exists (select from lease)`)}),
    signature as (${newSignatureInsert()}),
    alias as (${newAliasInsert(article.siteId, alias)}),
    thread as (${newThreadInsert(article, thread)}),
    visit as (${newCheckInsert(article)}),
    ids as materialized (${newCommentIds(comments.length)}),
    comment as (${newCommentsInsert(comments)}),
    ${await captureParts(article.siteId, captures, sql`exists (select from article)`)}
    select id::text from article`)
  return row === undefined ? null : Number(row.id)
}
