import { type SQL, sql } from 'drizzle-orm'
import type { CommentState } from '../../extractors/comments/platform.ts'
import type { Database } from '../client.ts'
import { containsAll } from './article-list.ts'
import { dateOf, milliseconds } from './moments.ts'

export interface CommentLine {
  readonly id: number
  readonly articleId: number
  readonly threadId: number
  readonly position: number
  readonly siteId: string
  readonly title: string | null
  readonly author: string | null
  readonly publishedAt: Date | null
  readonly firstSeenAt: Date
  readonly body: string
  readonly state: CommentState
  readonly revision: number
}

export interface CommentFilter {
  readonly siteId: string | null
  /** Keys of the writer (`normalise/author`); null for all writers. */
  readonly authorKeys: readonly string[] | null
  readonly words: string | null
  readonly change: 'edited' | 'removed' | null
  /** Only comments that were found before this one. */
  readonly before: number | null
}

/** Comments by words, change or site are looked for among so many of the newest ones. */
export const SEARCHED_COMMENTS = 10_000

const MOST_CHARACTERS = 600

/** Comments, those found last first. */
export async function readComments(
  db: Database,
  filter: CommentFilter,
  limit: number,
): Promise<CommentLine[]> {
  const { siteId, authorKeys, words, change, before } = filter
  const source: SQL[] = [sql`true`]
  if (before !== null) source.push(sql`id < ${before}::bigint`)
  if (authorKeys !== null) {
    source.push(sql`author_key in (select json_array_elements_text(${JSON.stringify(authorKeys)}::json))`)
  }
  const conditions: SQL[] = [sql`true`]
  if (siteId !== null) conditions.push(sql`a.site_id = ${siteId}`)
  if (words !== null) conditions.push(containsAll(words, sql`c.body_text`))
  if (change === 'edited') conditions.push(sql`c.revision > 1`)
  if (change === 'removed') conditions.push(sql`c.state = 'removed'`)
  const rows = await db.execute<
    Omit<CommentLine, 'siteId' | 'articleId' | 'threadId' | 'publishedAt' | 'firstSeenAt'> & {
      site: string
      article: number
      thread: number
      published: number | null
      first: number
    }
  >(sql`
    select c.id::float8 as id, c.article_id::float8 as article, c.thread_id::float8 as thread, c.position, a.site_id as site,
      a.title, coalesce(c.author_display, c.author_name) as author, left(c.body_text, ${MOST_CHARACTERS}) as body, c.state,
      c.revision, ${milliseconds(sql`c.published_at`)} as published, ${milliseconds(sql`c.first_seen_at`)} as first
    from (
      select * from comments where ${sql.join(source, sql` and `)} order by id desc limit ${SEARCHED_COMMENTS}) c
    join articles a on a.id = c.article_id
    where ${sql.join(conditions, sql` and `)}
    order by c.id desc limit ${limit}`)
  return rows.map(({ site, article, thread, published, first, ...comment }) => ({
    ...comment,
    siteId: site,
    articleId: article,
    threadId: thread,
    publishedAt: dateOf(published),
    firstSeenAt: new Date(first),
  }))
}
