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
  /** Only articles that were found before this one. */
  readonly before: number | null
}

/** What is searched for: words as people type them into a search box, which need not be on one site. */
export interface WordSearch {
  readonly words: string
  readonly siteId: string | null
  /** The ones that are ranked higher, which were shown before. */
  readonly offset: number
}

/** An article that has the words. */
export interface FoundArticle extends ArticleLine {
  /** Passages with the words, as `search_highlights` marks them. */
  readonly highlights: string
}

/** What a search found, best first. */
export interface Found<Line> {
  readonly lines: readonly Line[]
  /** More have the words than are ranked, so that better ones may be missing. */
  readonly isCut: boolean
}

/** Of more articles that have the words, any so many are ranked: all of their text is read for it. */
export const RANKED_ARTICLES = 100

/** Articles, those found last first. */
export async function readArticles(
  db: Database,
  { siteId, before }: ArticleFilter,
  limit: number,
): Promise<ArticleLine[]> {
  const conditions: SQL[] = [sql`true`]
  if (siteId !== null) conditions.push(sql`site_id = ${siteId}`)
  if (before !== null) conditions.push(sql`id < ${before}::bigint`)
  const rows = await db.execute<ArticleRow>(sql`
    select ${articleColumns} from (
      select * from articles where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}) a
    cross join lateral (${heldOf}) t
    order by a.id desc`)
  return rows.map((row) => lineOf(row))
}

/** Articles that have the words, each searched in its own language, best first. */
export async function searchArticles(
  db: Database,
  { words, siteId, offset }: WordSearch,
  limit: number,
): Promise<Found<FoundArticle>> {
  const rows = await db.execute<ArticleRow & { highlights: string; cut: boolean }>(sql`
    with found as materialized (
      select a.id, article_words(a.language, a.title, a.subtitle, a.body_text) as words,
        search_query(${words}, coalesce(a.language, 'und')) as asked
      from articles a
      where article_words(a.language, a.title, a.subtitle, a.body_text) @@ search_query(${words})
        and ${siteId === null ? sql`true` : sql`a.site_id = ${siteId}`}
      limit ${RANKED_ARTICLES + 1}
    ), ranked as materialized (
      select id, asked, ts_rank_cd(words, asked, 1) as rank from (select * from found limit ${RANKED_ARTICLES}) f
      where words @@ asked
      order by rank desc, id desc limit ${limit} offset ${offset}
    )
    select ${articleColumns}, search_highlights(a.language, a.body_text, r.asked) as highlights,
      (select count(*) > ${RANKED_ARTICLES} from found) as cut
    from ranked r join articles a on a.id = r.id cross join lateral (${heldOf}) t
    order by r.rank desc, r.id desc`)
  return {
    lines: rows.map(({ highlights, ...row }) => ({ ...lineOf(row), highlights })),
    isCut: rows[0]?.cut ?? false,
  }
}

/** Articles whose headline is like the words, misspelt or not, the likest first. */
export async function findLikeTitles(db: Database, words: string, limit: number): Promise<ArticleLine[]> {
  const rows = await db.execute<ArticleRow>(sql`
    select ${articleColumns} from search_titles(${words}, ${limit}::int) like_it
    join articles a on a.id = like_it.article_id cross join lateral (${heldOf}) t
    order by like_it.rank desc, a.id desc`)
  return rows.map((row) => lineOf(row))
}

interface ArticleRow extends Record<string, unknown> {
  readonly id: number
  readonly site: string
  readonly url: string
  readonly title: string | null
  readonly revision: number
  readonly published: number | null
  readonly first: number
  readonly gone: number | null
  readonly comments: number
  readonly complete: boolean
}

const articleColumns = sql`a.id::float8 as id, a.site_id as site, a.url, a.title, a.revision,
  ${milliseconds(sql`a.published_at`)} as published, ${milliseconds(sql`a.first_seen_at`)} as first,
  ${milliseconds(sql`a.gone_at`)} as gone, t.comments, t.complete`

/** What is held under an article `a`, over all its threads. */
const heldOf = sql`
  select coalesce(sum(collected_count), 0)::int as comments, coalesce(bool_and(complete), true) as complete
  from threads where article_id = a.id`

function lineOf({ id, site, url, title, revision, published, first, gone, comments, complete }: ArticleRow) {
  return {
    id,
    siteId: site,
    url,
    title,
    publishedAt: dateOf(published),
    firstSeenAt: new Date(first),
    revision,
    goneAt: dateOf(gone),
    comments,
    isComplete: complete,
  }
}
