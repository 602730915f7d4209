import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { dateOf, milliseconds } from './moments.ts'

export interface ArticleLine {
  readonly id: number
  readonly siteId: string
  readonly url: string
  readonly title: string | null
  readonly publishedAt: Date | null
  readonly firstSeenAt: Date
  readonly revision: number
  readonly goneAt: Date | null
  /** Comments that are held, over all its threads. */
  readonly comments: number
  /** False when one of its threads is known to lack some. */
  readonly isComplete: boolean
}

export interface ArticleFilter {
  readonly siteId: string | null
  /** Words of the headline or the text. */
  readonly words: string | null
  /** Only articles that were found before this one. */
  readonly before: number | null
}

/** Articles by words are looked for among so many of the newest ones. */
export const SEARCHED_ARTICLES = 2000

/** Articles, those found last first. */
export async function readArticles(
  db: Database,
  { siteId, words, before }: ArticleFilter,
  limit: number,
): Promise<ArticleLine[]> {
  const conditions: SQL[] = [sql`true`]
  if (siteId !== null) conditions.push(sql`site_id = ${siteId}`)
  if (before !== null) conditions.push(sql`id < ${before}::bigint`)
  const source = sql`select * from articles where ${sql.join(conditions, sql` and `)} order by id desc`
  const found =
    words === null
      ? sql`${source} limit ${limit}`
      : sql`select * from (${source} limit ${SEARCHED_ARTICLES}) newest
          where ${containsAll(words, sql`concat_ws(' ', title, subtitle, body_text)`)} order by id desc limit ${limit}`
  const rows = await db.execute<
    Omit<ArticleLine, 'siteId' | 'publishedAt' | 'firstSeenAt' | 'goneAt' | 'isComplete'> & {
      site: string
      published: number | null
      first: number
      gone: number | null
      complete: boolean
    }
  >(sql`
    select a.id::float8 as id, a.site_id as site, a.url, a.title, a.revision,
      ${milliseconds(sql`a.published_at`)} as published, ${milliseconds(sql`a.first_seen_at`)} as first,
      ${milliseconds(sql`a.gone_at`)} as gone, t.comments, t.complete
    from (${found}) a cross join lateral (
      select coalesce(sum(collected_count), 0)::int as comments, coalesce(bool_and(complete), true) as complete
      from threads where article_id = a.id) t
    order by a.id desc`)
  return rows.map(({ site, published, first, gone, complete, ...article }) => ({
    ...article,
    siteId: site,
    publishedAt: dateOf(published),
    firstSeenAt: new Date(first),
    goneAt: dateOf(gone),
    isComplete: complete,
  }))
}

/** Every word occurs in a text, in whatever case, also within other words. */
export function containsAll(words: string, text: SQL): SQL {
  const patterns = words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return sql.join([sql`true`, ...patterns.map((pattern) => sql`${text} ilike ${pattern}`)], sql` and `)
}
