import { type SQL, sql } from 'drizzle-orm'
import { pgTable, text, unique } from 'drizzle-orm/pg-core'
import { isOfOtherClock, visitOf } from './article-checks.ts'
import { articles } from './articles.ts'
import { isReserved } from './non-articles.ts'
import type { Database } from './client.ts'
import { reference } from './columns.ts'
import { jsonRows } from './json-rows.ts'

/** Other addresses under which an article was met, so that they are not fetched again as if they were new. */
export const articleUrls = pgTable(
  'article_urls',
  {
    siteId: text('site_id').notNull(),
    urlHash: text('url_hash').notNull(),
    url: text('url').notNull(),
    articleId: reference('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
  },
  (table) => [unique('article_urls_key').on(table.siteId, table.urlHash)],
)

export type Alias = Pick<typeof articleUrls.$inferSelect, 'url' | 'urlHash'>

const inserted = jsonRows(articleUrls, { articleId: 'article.id' })

/** Remembers another address of a new article, beside `article`, which holds the new id. */
export function newAliasInsert(siteId: string, alias: Alias | null): SQL {
  const json = JSON.stringify(alias === null ? [] : [{ siteId, ...alias }])
  return sql`
    insert into article_urls (${inserted.columns})
    select ${inserted.values} from article, json_to_recordset(${json}::json) as r(${inserted.shape})
    on conflict do nothing`
}

/** Remembers another address of an article. */
export async function saveArticleUrl(
  db: Database,
  alias: {
    readonly siteId: string
    readonly urlHash: string
    readonly url: string
    readonly articleId: number
  },
): Promise<void> {
  await db.insert(articleUrls).values(alias).onConflictDoNothing()
}

/** Enough to tell by whether a feed goes on. */
const MOST_RECENT = 200

/**
 * The articles that a feed should name by now, each with the hashes of its addresses: found since the last pass began
 * that read a feed, and published not long before, which what is taken from an archive was not.
 */
export async function findRecentArticles(db: Database, siteId: string): Promise<string[][]> {
  // Found by the index of times first: in the order of their ids, articles of all sites are looked at for them.
  const rows = await db.execute<{ hashes: string[] }>(sql`
    with feed_pass as (
      select started_at from runs where site_id = ${siteId} and finished_at is not null
        and (counters->'feeds'->>'read')::int > 0
      order by started_at desc limit 1
    ), recent as materialized (
      select a.id, a.url_hash from articles a
      where a.site_id = ${siteId} and a.gone_at is null and a.first_seen_at >= (select started_at from feed_pass)
        and a.published_at >= (select started_at from feed_pass) - interval '2 days'
    )
    select array[r.url_hash] || array(
      select u.url_hash from article_urls u where u.site_id = ${siteId} and u.article_id = r.id) as hashes
    from recent r order by r.id desc limit ${MOST_RECENT}`)
  return rows.map(({ hashes }) => hashes)
}

/** Which of these addresses are held, under any name, and whether they are due by either clock. */
export async function findKnownUrls(
  db: Database,
  siteId: string,
  hashes: readonly string[],
  now: Date,
): Promise<{ hash: string; due: boolean }[]> {
  const asked = sql`(select json_array_elements_text(${JSON.stringify(hashes)}::json))`
  const at = sql`${now.toISOString()}::timestamptz`
  const rows = await db.execute<{ hash: string; due: boolean }>(sql`
    with held as (
      select url_hash as hash, id from articles where site_id = ${siteId} and url_hash in ${asked}
      union all
      select url_hash, article_id from article_urls where site_id = ${siteId} and url_hash in ${asked}
    )
    select held.hash, not ${isReserved(at)} and (c.next_check_at <= ${at} or ${isOfOtherClock(at)} or a.gone_at is null and exists (
      select 1 from threads t where t.article_id = a.id and t.next_check_at <= ${at})) is true as due
    from held join articles a on a.id = held.id left join lateral ${visitOf} c on true`)
  return [...rows]
}
