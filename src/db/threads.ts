import { type SQL, sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { PageOrder } from '../clocks.ts'
import type { IncompleteReason } from '../extractors/comments/platform.ts'
import { incompleteReasons } from '../extractors/comments/platform.ts'
import { EXTRACTOR_VERSION } from '../extractors/version.ts'
import type { RevisitPolicy, ThreadPace } from '../store.ts'
import { type ArticleVisit, takeVisit } from './article-checks.ts'
import { type ArticleRow, articles } from './articles.ts'
import type { Database } from './client.ts'
import { identity, moment, reference } from './columns.ts'
import { jsonRows } from './json-rows.ts'

const reasonList = sql.raw(incompleteReasons.map((reason) => `'${reason}'`).join(', '))

export const threads = pgTable(
  'threads',
  {
    id: identity(),
    siteId: text('site_id').notNull(),
    articleId: reference('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    platform: text('platform').notNull(),
    nativeId: text('native_id').notNull(),
    reportedCount: integer('reported_count'),
    collectedCount: integer('collected_count').notNull().default(0),
    complete: boolean('complete').notNull().default(false),
    incompleteReason: text('incomplete_reason').$type<IncompleteReason>(),
    closed: boolean('closed').notNull().default(false),
    changedAt: moment('changed_at').notNull(),
    checkedAt: moment('checked_at'),
    nextCheckAt: moment('next_check_at'),
    pace: jsonb('pace').$type<ThreadPace>(),
    pageOrder: text('page_order').$type<PageOrder>(),
    fullCheckedAt: moment('full_checked_at'),
    partialChecks: integer('partial_checks').notNull().default(0),
    announcedCount: integer('announced_count'),
    /** Of the comment that was stored last, while a long thread is read part by part; else null. */
    lastPosition: integer('last_position'),
    extractorVersion: text('extractor_version').notNull().default('1'),
    /** The visit to the article, as `article_checks` has it of one without threads; in one of its threads only. */
    articleCheckedAt: moment('article_checked_at'),
    articleNextCheckAt: moment('article_next_check_at'),
  },
  (table) => [
    unique('threads_article_id_platform_native_id_key').on(table.articleId, table.platform, table.nativeId),
    index('threads_platform_native_id_idx').on(table.platform, table.nativeId),
    index('threads_next_check_at_idx').on(table.nextCheckAt),
    index('threads_article_checked_at_idx').on(table.siteId, table.articleCheckedAt),
    index('threads_article_next_check_at_idx').on(table.siteId, table.articleNextCheckAt),
    index('threads_missing_idx')
      .on(sql`(coalesce(${table.reportedCount}, 0) - ${table.collectedCount})`, table.id)
      .where(sql`not ${table.complete}`),
    check(
      'threads_incomplete_reason_check',
      sql`${table.incompleteReason} is null or ${table.incompleteReason} in (${reasonList})`,
    ),
    check(
      'threads_page_order_check',
      sql`${table.pageOrder} is null or ${table.pageOrder} in ('newest_first', 'newest_last', 'last_first')`,
    ),
  ],
)

export interface ThreadKey {
  readonly siteId: string
  readonly articleId: number
  readonly platform: string
  readonly nativeId: string
}

export interface OpenedThread {
  readonly id: number
  readonly changedAt: Date
  readonly reportedCount: number | null
  readonly collectedCount: number
  readonly incompleteReason: IncompleteReason | null
  readonly pageOrder: PageOrder | null
  readonly fullCheckedAt: Date | null
  readonly partialChecks: number
  readonly pace: ThreadPace | null
  readonly lastPosition: number | null
  /** Null: the visits to the article are not written here. */
  readonly articleNextCheckAt: Date | null
  readonly isNew: boolean
}

/** The row of a thread, made when it is not there yet. A new row counts as unread until its first pass ends. */
export async function openThread(db: Database, key: ThreadKey, seenAt: Date): Promise<OpenedThread> {
  const where = sql`${threads.articleId} = ${key.articleId} and ${threads.platform} = ${key.platform}
    and ${threads.nativeId} = ${key.nativeId}`
  const { id, changedAt, reportedCount, collectedCount, incompleteReason, pace } = threads
  const { pageOrder, fullCheckedAt, partialChecks, lastPosition, articleNextCheckAt } = threads
  const extent = { pageOrder, fullCheckedAt, partialChecks, lastPosition, articleNextCheckAt }
  const columns = { id, changedAt, reportedCount, collectedCount, incompleteReason, pace, ...extent }
  const [held] = await db.select(columns).from(threads).where(where)
  if (held !== undefined) return { ...held, isNew: false }
  const visit = await takeVisit(db, key.articleId)
  const [made] = await db
    .insert(threads)
    .values({
      ...key,
      articleCheckedAt: visit?.checkedAt ?? null,
      articleNextCheckAt: visit?.nextCheckAt ?? null,
      changedAt: seenAt,
      nextCheckAt: seenAt,
      incompleteReason: 'interrupted',
      extractorVersion: EXTRACTOR_VERSION,
    })
    .returning(columns)
  if (made === undefined) throw new Error(`the database gave no id for the thread ${key.nativeId}`)
  return { ...made, isNew: true }
}

const inserted = jsonRows(threads, { articleId: 'article.id' }, ['id'])

/** A thread of which nothing is held yet, as its row will be. */
export type NewThread = Omit<
  typeof threads.$inferSelect,
  'id' | 'siteId' | 'articleId' | 'articleCheckedAt' | 'articleNextCheckAt'
>

/** Inserts the thread of a new article, beside `article`, which holds the new id; gives the thread's id. */
export function newThreadInsert(article: ArticleRow, thread: NewThread | null): SQL {
  const { siteId, seenAt, nextCheckAt } = article
  const visited = { siteId, articleCheckedAt: seenAt, articleNextCheckAt: nextCheckAt }
  return sql`
    insert into threads (${inserted.columns})
    select ${inserted.values}
    from article, json_to_recordset(${JSON.stringify(thread === null ? [] : [{ ...thread, ...visited }])}::json) as r(${inserted.shape})
    returning id`
}

export interface ThreadOutcome {
  readonly reportedCount: number | null
  readonly complete: boolean
  readonly incompleteReason: IncompleteReason | null
  readonly closed: boolean
  readonly changed: boolean
  readonly checkedAt: Date
  readonly nextCheckAt: Date
  readonly pace: ThreadPace
  readonly pageOrder: PageOrder | null
  readonly fullCheckedAt: Date | null
  readonly partialChecks: number
}

/**
 * Ends a pass over a thread: what the site reports, what is held, and why they may differ.
 * @param visit to the article, written here where its visits are.
 */
export async function closeThreadPass(
  db: Database,
  id: number,
  outcome: ThreadOutcome,
  visit: ArticleVisit,
): Promise<void> {
  const { changed, ...columns } = outcome
  await db
    .update(threads)
    .set({
      ...columns,
      ...ofArticle(visit),
      lastPosition: null,
      extractorVersion: EXTRACTOR_VERSION,
      ...(changed ? { changedAt: outcome.checkedAt } : {}),
      collectedCount: sql`(select count(*)::int from comments
        where comments.thread_id = ${id} and comments.state <> 'removed')`,
    })
    .where(sql`${threads.id} = ${id}`)
}

const ofArticle = ({ checkedAt, nextCheckAt }: ArticleVisit) => {
  const ifHere = (at: Date) =>
    sql`case when ${threads.articleNextCheckAt} is not null then ${at.toISOString()}::timestamptz end`
  return { articleCheckedAt: ifHere(checkedAt), articleNextCheckAt: ifHere(nextCheckAt) }
}

/** Keeps what the next part of a thread goes on from. */
export async function savePart(
  db: Database,
  id: number,
  part: { readonly pace: ThreadPace; readonly lastPosition: number | null },
  visit: ArticleVisit,
): Promise<void> {
  await db
    .update(threads)
    .set({ ...part, ...ofArticle(visit) })
    .where(sql`${threads.id} = ${id}`)
}

/**
 * The article's page shows none of its threads any more: what is held stays, and is asked about less and less.
 * @returns whether it showed one at the last visit.
 */
export async function missThreads(
  db: Database,
  articleId: number,
  checkedAt: Date,
  nextCheck: RevisitPolicy['article'],
): Promise<boolean> {
  const held = await db
    .select({ id: threads.id, changedAt: threads.changedAt, reason: threads.incompleteReason })
    .from(threads)
    .where(sql`${threads.articleId} = ${articleId}`)
  for (const { id, changedAt } of held) {
    const nextCheckAt = nextCheck(changedAt, checkedAt)
    await db
      .update(threads)
      .set({ complete: false, incompleteReason: 'not_found', checkedAt, nextCheckAt })
      .where(sql`${threads.id} = ${id}`)
  }
  return held.some(({ reason }) => reason !== 'not_found')
}
