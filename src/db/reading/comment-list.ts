import { type SQL, sql } from 'drizzle-orm'
import type { CommentState } from '../../extractors/comments/platform.ts'
import type { Database } from '../client.ts'
import type { Found, WordSearch } from './article-list.ts'
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

/** Which comments are wanted, of all that are held. */
export interface CommentKind {
  /** Keys of the writer (`normalise/author`); null for all writers. */
  readonly authorKeys: readonly string[] | null
  readonly change: 'edited' | 'removed' | null
}

/** A comment that has the words. */
export interface FoundComment extends CommentLine {
  /** Passages with the words, as `search_highlights` marks them. */
  readonly highlights: string
}

/** Of more comments that have the words, any so many are ranked. */
export const RANKED_COMMENTS = 500

export interface CommentFilter extends CommentKind {
  readonly siteId: string | null
  /** Only comments that were found before this one. */
  readonly before: number | null
}

/** Comments by change or site are looked for among so many of the newest ones. */
export const SEARCHED_COMMENTS = 10_000

const MOST_CHARACTERS = 600

/** Comments, those found last first. */
export async function readComments(
  db: Database,
  { siteId, before, ...kind }: CommentFilter,
  limit: number,
): Promise<CommentLine[]> {
  const rows = await db.execute<CommentRow>(sql`
    select ${commentColumns}
    from (
      select * from comments c where ${before === null ? sql`true` : sql`c.id < ${before}::bigint`}
        and ${isByAuthor(kind)} order by id desc limit ${SEARCHED_COMMENTS}) c
    join articles a on a.id = c.article_id
    where ${isOnSite(siteId)} and ${hasChanged(kind)}
    order by c.id desc limit ${limit}`)
  return rows.map((row) => lineOf(row))
}

/** Comments that have the words, each searched in the language of its article, best first. */
export async function searchComments(
  db: Database,
  { words, siteId, offset, ...kind }: WordSearch & CommentKind,
  limit: number,
): Promise<Found<FoundComment>> {
  const narrowed = sql`${isOnSite(siteId)} and ${hasChanged(kind)}`
  const any = await findWithWords(db, words, isByAuthor(kind))
  // Of a word that is everywhere, those of one site are found sooner by their articles than by the word.
  const isAll = any.length <= RANKED_COMMENTS || (siteId === null && kind.change === null)
  const ids = isAll ? any : await findWithWords(db, words, sql`${isByAuthor(kind)} and ${narrowed}`)
  const rows = await db.execute<CommentRow & { highlights: string }>(sql`
    with found as materialized (
      select c.id, comment_words(c.language, c.body_text) as words,
        search_query(${words}, coalesce(c.language, 'und')) as asked
      from comments c join articles a on a.id = c.article_id
      where c.id in (select json_array_elements_text(${JSON.stringify(ids.slice(0, RANKED_COMMENTS))}::json)::bigint)
        and ${narrowed}
    ), ranked as materialized (
      select id, asked, ts_rank_cd(words, asked, 1) as rank from found where words @@ asked
      order by rank desc, id desc limit ${limit} offset ${offset}
    )
    select ${commentColumns}, search_highlights(c.language, c.body_text, r.asked) as highlights
    from ranked r join comments c on c.id = r.id join articles a on a.id = c.article_id
    order by r.rank desc, r.id desc`)
  return {
    lines: rows.map(({ highlights, ...row }) => ({ ...lineOf(row), highlights })),
    isCut: ids.length > RANKED_COMMENTS,
  }
}

/** Ids of comments that have the words in any language, in no order: one more than are ranked where there are more. */
async function findWithWords(db: Database, words: string, condition: SQL): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select c.id::text as id from comments c join articles a on a.id = c.article_id
    where comment_words(c.language, c.body_text) @@ search_query(${words}) and ${condition}
    limit ${RANKED_COMMENTS + 1}`)
  return rows.map(({ id }) => id)
}

const isOnSite = (siteId: string | null): SQL => (siteId === null ? sql`true` : sql`a.site_id = ${siteId}`)

function isByAuthor({ authorKeys }: CommentKind): SQL {
  if (authorKeys === null) return sql`true`
  return sql`c.author_key in (select json_array_elements_text(${JSON.stringify(authorKeys)}::json))`
}

function hasChanged({ change }: CommentKind): SQL {
  if (change === null) return sql`true`
  return change === 'edited' ? sql`c.revision > 1` : sql`c.state = 'removed'`
}

interface CommentRow extends Record<string, unknown> {
  readonly id: number
  readonly article: number
  readonly thread: number
  readonly position: number
  readonly site: string
  readonly title: string | null
  readonly author: string | null
  readonly body: string
  readonly state: CommentState
  readonly revision: number
  readonly published: number | null
  readonly first: number
}

const commentColumns = sql`c.id::float8 as id, c.article_id::float8 as article, c.thread_id::float8 as thread, c.position,
  a.site_id as site, a.title, coalesce(c.author_display, c.author_name) as author,
  left(c.body_text, ${sql.raw(String(MOST_CHARACTERS))}) as body, c.state, c.revision,
  ${milliseconds(sql`c.published_at`)} as published, ${milliseconds(sql`c.first_seen_at`)} as first`

function lineOf({ site, article, thread, published, first, ...comment }: CommentRow): CommentLine {
  return {
    id: comment.id,
    articleId: article,
    threadId: thread,
    position: comment.position,
    siteId: site,
    title: comment.title,
    author: comment.author,
    publishedAt: dateOf(published),
    firstSeenAt: new Date(first),
    body: comment.body,
    state: comment.state,
    revision: comment.revision,
  }
}
