import { sql, type SQL } from 'drizzle-orm'
import { bigint, index, pgTable, pgView, text } from 'drizzle-orm/pg-core'
import { type ArticleRow, articles } from './articles.ts'
import { isReserved } from './non-articles.ts'
import type { Database } from './client.ts'
import { moment } from './columns.ts'

const DAY_MS = 86_400_000

/**
 * When each article without threads was looked at, and when it is due again; one with threads has it in the row of the
 * first of them, which changes at every visit too. Apart from the articles: a row in which no indexed column changes
 * keeps its index entries, those of all its words among them.
 */
export const articleChecks = pgTable(
  'article_checks',
  {
    articleId: bigint('article_id', { mode: 'number' })
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    siteId: text('site_id').notNull(),
    /** As the article has it, whose own time is in no index. */
    checkedAt: moment('checked_at').notNull(),
    nextCheckAt: moment('next_check_at').notNull(),
  },
  (table) => [
    index('article_checks_checked_at_idx').on(table.siteId, table.checkedAt),
    index('article_checks_next_check_at_idx').on(table.siteId, table.nextCheckAt),
  ],
)

/** The last visit to every article, wherever it is written. To be read. */
export const articleVisits = pgView('article_visits', {
  articleId: bigint('article_id', { mode: 'number' }).notNull(),
  siteId: text('site_id').notNull(),
  checkedAt: moment('checked_at').notNull(),
  nextCheckAt: moment('next_check_at').notNull(),
}).existing()

/** When an article was looked at, and when it is due again. */
export type ArticleVisit = Readonly<Pick<typeof articleChecks.$inferSelect, 'checkedAt' | 'nextCheckAt'>>

/** Takes down a visit to an article, wherever its visits are written. */
export async function noteVisit(
  db: Database,
  articleId: number,
  { checkedAt, nextCheckAt }: ArticleVisit,
): Promise<void> {
  await db.execute(sql`
    with thread as (
      update threads set article_checked_at = ${timestamp(checkedAt)}, article_next_check_at = ${timestamp(nextCheckAt)}
      where article_id = ${articleId} and article_next_check_at is not null returning id)
    insert into article_checks (article_id, site_id, checked_at, next_check_at)
    select id, site_id, ${timestamp(checkedAt)}, ${timestamp(nextCheckAt)}
    from articles where id = ${articleId} and not exists (select from thread)
    on conflict (article_id) do update set checked_at = excluded.checked_at, next_check_at = excluded.next_check_at`)
}

/** Part of a statement that inserts one `article`, and its `thread` if it has one. */
export const newCheckInsert = ({ siteId, seenAt, nextCheckAt }: ArticleRow): SQL => sql`
  insert into article_checks (article_id, site_id, checked_at, next_check_at)
  select id, ${siteId}, ${timestamp(seenAt)}, ${timestamp(nextCheckAt)}
  from article where not exists (select from thread)`

/**
 * The article gets a thread, in whose row its visit is written from now on.
 * @returns what to write there; null when another thread has it.
 */
export async function takeVisit(db: Database, articleId: number): Promise<ArticleVisit | null> {
  const { checkedAt, nextCheckAt } = articleChecks
  const [visit] = await db
    .delete(articleChecks)
    .where(sql`${articleChecks.articleId} = ${articleId}`)
    .returning({ checkedAt, nextCheckAt })
  return visit ?? null
}

/**
 * The publisher took the page away; what it said is kept. It is looked for once a day, should it come back.
 * @param hash of any of the article's addresses. @returns whether the article is held.
 */
export async function markArticleGone(
  db: Database,
  siteId: string,
  hash: string,
  at: Date,
): Promise<boolean> {
  const visit = { checkedAt: at, nextCheckAt: new Date(at.getTime() + DAY_MS) }
  const gone = await db.execute<{ id: string }>(sql`
    update articles set gone_at = coalesce(gone_at, ${timestamp(at)}), checked_at = ${timestamp(at)}, reading_key = null
    where site_id = ${siteId} and (url_hash = ${hash} or id in (
      select article_id from article_urls where site_id = ${siteId} and url_hash = ${hash}))
    returning id::text`)
  for (const { id } of gone) await noteVisit(db, Number(id), visit)
  return gone.length > 0
}

const timestamp = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`

/**
 * Whether the article of the visit `c` was looked at in a time that is yet to come: the clock was put back since, and what it was
 * to be looked at by then counts no more. Clocks of several machines may be some minutes apart.
 */
export const isOfOtherClock = (at: SQL): SQL => sql`c.checked_at > ${at} + interval '1 day'`

/** The visit to the article `a`: looked up for each, for of all at once the planner reads the whole. */
export const visitOf = sql.raw('(select * from article_visits v where v.article_id = a.id limit 1)')

/** Articles of a site that are due by either clock and may be asked for, longest overdue first. */
export async function findDueUrls(db: Database, siteId: string, now: Date, limit: number): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const rows = await db.execute<{ url: string }>(sql`
    with due as (
      select article_id from article_visits c
      where site_id = ${siteId} and (next_check_at <= ${at} or ${isOfOtherClock(at)})
      union
      select article_id from threads where site_id = ${siteId} and next_check_at <= ${at}
    )
    select a.url from due join articles a on a.id = due.article_id
    left join lateral ${visitOf} c on true
    left join lateral (select min(next_check_at) as next from threads where article_id = a.id) t on true
    where a.gone_at is null and not ${isReserved(at)}
    order by least(c.next_check_at, t.next) limit ${limit}`)
  return rows.map((row) => row.url)
}
