import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { CommentState, TimePrecision } from '../extractors/comments/platform.ts'
import { articles } from './articles.ts'
import type { Database } from './client.ts'
import { identity, moment, reference, revisionCause } from './columns.ts'
import { jsonBatches, jsonRows } from './json-rows.ts'
import { threads } from './threads.ts'

/** A quoted passage as it is held: the keys of a JSON column are named as columns are. */
export interface HeldQuote {
  readonly author: string | null
  readonly text: string
  readonly native_id: string | null
}

export const comments = pgTable(
  'comments',
  {
    id: identity(),
    threadId: reference('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    articleId: reference('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    nativeId: text('native_id').notNull(),
    parentId: reference('parent_id'),
    parentNativeId: text('parent_native_id'),
    rootId: reference('root_id').notNull(),
    depth: integer('depth').notNull(),
    position: integer('position').notNull(),
    authorName: text('author_name'),
    authorDisplay: text('author_display'),
    authorKey: text('author_key'),
    publishedAt: moment('published_at'),
    publishedPrecision: text('published_precision').$type<TimePrecision>(),
    publishedRaw: text('published_raw'),
    bodyText: text('body_text').notNull(),
    bodyHtml: text('body_html').notNull(),
    language: text('language'),
    quotes: jsonb('quotes').$type<readonly HeldQuote[]>().notNull(),
    likes: integer('likes'),
    dislikes: integer('dislikes'),
    score: integer('score'),
    state: text('state').$type<CommentState>().notNull(),
    isCut: boolean('is_cut').notNull().default(false),
    isEdited: boolean('is_edited').notNull().default(false),
    editedAt: moment('edited_at'),
    isPinned: boolean('is_pinned').notNull().default(false),
    isPicked: boolean('is_picked').notNull().default(false),
    authorBadges: text('author_badges')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    isPing: boolean('is_ping').notNull(),
    parentConfidence: text('parent_confidence').$type<'high' | 'low'>().notNull(),
    contentHash: text('content_hash').notNull(),
    revision: integer('revision').notNull().default(1),
    revisionCause: revisionCause('revision_cause'),
    permalink: text('permalink'),
    observed: text('observed').notNull(),
    firstSeenAt: moment('first_seen_at').notNull(),
    changedAt: moment('changed_at').notNull(),
    missingSince: moment('missing_since'),
    removedAt: moment('removed_at'),
    redactedAt: moment('redacted_at'),
    extractorVersion: text('extractor_version').notNull().default('1'),
  },
  (table) => [
    unique('comments_thread_id_native_id_key').on(table.threadId, table.nativeId),
    index('comments_article_id_published_at_idx').on(table.articleId, table.publishedAt),
    index('comments_parent_id_idx').on(table.parentId),
    index('comments_author_key_idx').on(table.authorKey),
    index('comments_published_at_idx').on(table.publishedAt),
    index('comments_unredacted_idx')
      .on(table.removedAt)
      .where(sql`${table.state} = 'removed' and ${table.redactedAt} is null`),
    index('comments_words_idx').using('gin', sql`comment_words(language, body_text)`),
    check('comments_state_check', sql`${table.state} in ('visible', 'withheld', 'removed')`),
    check(
      'comments_published_precision_check',
      sql`${table.publishedPrecision} in ('second', 'minute', 'day', 'relative')`,
    ),
  ],
)

export const commentRevisions = pgTable(
  'comment_revisions',
  {
    commentId: reference('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    bodyText: text('body_text').notNull(),
    contentHash: text('content_hash').notNull(),
    state: text('state').$type<CommentState>().notNull(),
    seenAt: moment('seen_at').notNull(),
    cause: revisionCause('cause'),
    extractorVersion: text('extractor_version').notNull().default('1'),
  },
  (table) => [unique('comment_revisions_key').on(table.commentId, table.revision)],
)

/** A whole row, as it is to be written. All columns must be named, for they go over as JSON; the language is the article's. */
export type CommentRow = Omit<typeof comments.$inferSelect, 'language'>

/** Where a row stands in its thread. */
export type Placement = Pick<CommentRow, 'id' | 'rootId' | 'depth' | 'position'> & {
  readonly parentId: number | null
}

/** A query of its own, so that it is looked up once and not for every row. */
const sequence = sql`(select pg_get_serial_sequence('comments', 'id'))`

/** Ids taken ahead of the rows, so that a whole tree goes in with its parents in one statement. */
export async function reserveCommentIds(db: Database, count: number): Promise<number[]> {
  if (count === 0) return []
  const rows = await db.execute<{ id: string }>(sql`
    select nextval(${sequence})::text as id from generate_series(1, ${count}::int)`)
  return rows.map((row) => Number(row.id))
}

async function inBatches(rows: Iterable<unknown>, write: (json: SQL) => Promise<unknown>): Promise<void> {
  for (const batch of jsonBatches(rows)) await write(sql`${batch}::json`)
}

const whole = jsonRows(comments, {
  language: '(select a.language from articles a where a.id = r."articleId")',
})
const newValues: Readonly<Record<string, string>> = {
  // Of a version that stays, who made it stays too.
  revisionCause: `case when r.revision > comments.revision then r."revisionCause" else comments.revision_cause end`,
}
const assignments = sql.raw(
  Object.entries(getTableColumns(comments))
    .filter(([key]) => !['id', 'threadId', 'articleId', 'language', 'firstSeenAt'].includes(key))
    .map(([key, column]) => `${column.name} = ${newValues[key] ?? `r."${key}"`}`)
    .join(', '),
)

export async function insertComments(db: Database, rows: readonly CommentRow[]): Promise<void> {
  await inBatches(rows, (json) =>
    db.execute(sql`
      insert into comments (${whole.columns}) overriding system value
      select ${whole.values} from json_to_recordset(${json}) as r(${whole.shape})`),
  )
}

const ofNewThread = jsonRows(comments, {
  id: 'ids.taken[r.id]',
  parentId: 'ids.taken[r."parentId"]',
  rootId: 'ids.taken[r."rootId"]',
  threadId: 'thread.id',
  articleId: 'article.id',
  language: 'article.language',
})

/**
 * Inserts the comments of a thread that is new itself, beside `article`, `thread` and `ids`, which hold the new ids. The
 * rows' own ids are ordinals from 1, for which new ones are taken.
 */
export function newCommentsInsert(rows: readonly CommentRow[]): SQL {
  return sql`
    insert into comments (${ofNewThread.columns}) overriding system value
    select ${ofNewThread.values}
    from article, thread, ids, json_to_recordset(${JSON.stringify(rows)}::json) as r(${ofNewThread.shape})`
}

/**
 * Takes new ids for the ordinals from 1, as `newCommentsInsert` wants them: an array, for a join would have the statement
 * planned anew each time, with the number of rows that it is given.
 */
export function newCommentIds(count: number): SQL {
  return sql`select array_agg(nextval(${sequence})) as taken from generate_series(1, ${count}::int)`
}

/** Puts new values in place of the held ones; the first sight of the comment stays. */
export async function updateComments(db: Database, rows: readonly CommentRow[]): Promise<void> {
  await inBatches(rows, (json) =>
    db.execute(sql`
      update comments set ${assignments} from json_to_recordset(${json}) as r(${whole.shape})
      where comments.id = r.id`),
  )
}

/** Keeps the held versions of these comments, before they are updated. */
export async function keepRevisions(db: Database, ids: readonly number[]): Promise<void> {
  await inBatches(ids, (json) =>
    db.execute(sql`
      insert into comment_revisions
        (comment_id, revision, body_text, content_hash, state, seen_at, cause, extractor_version)
      select id, revision, body_text, content_hash, state, changed_at, revision_cause, extractor_version from comments
      where id in (select value::bigint from json_array_elements_text(${json}))`),
  )
}

/** Moves comments within their thread; no change of theirs, but of what stands around them. */
export async function placeComments(db: Database, placements: Iterable<Placement>): Promise<void> {
  await inBatches(placements, (json) =>
    db.execute(sql`
      update comments set parent_id = r."parentId", root_id = r."rootId", depth = r.depth, position = r.position
      from json_to_recordset(${json}) as r(id bigint, "parentId" bigint, "rootId" bigint, depth int, position int)
      where comments.id = r.id`),
  )
}

/** Notes a first absence; a second one, in another complete pass, is a removal. */
export async function noteAbsence(db: Database, ids: readonly number[], at: Date): Promise<void> {
  const moment = sql`${at.toISOString()}::timestamptz`
  await inBatches(ids, (json) =>
    db.execute(sql`
      update comments set missing_since = ${moment}
      where id in (select value::bigint from json_array_elements_text(${json}))`),
  )
}
