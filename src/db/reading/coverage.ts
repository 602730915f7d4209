import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { dateOf, milliseconds } from './moments.ts'

export interface SiteCoverage {
  readonly siteId: string
  readonly threads: number
  readonly complete: number
  /** Comments that are held and not removed. */
  readonly held: number
  /** Comments that the sites report, over the threads for which they do. */
  readonly reported: number
  /** Of the reported ones, those that are held. */
  readonly covered: number
}

export async function readCoverage(db: Database): Promise<SiteCoverage[]> {
  const rows = await db.execute<Omit<SiteCoverage, 'siteId'> & { site: string }>(sql`
    select t.site_id as site, count(*)::int as threads, count(*) filter (where t.complete)::int as complete,
      coalesce(sum(t.collected_count), 0)::float8 as held, coalesce(sum(t.reported_count), 0)::float8 as reported,
      coalesce(sum(least(t.reported_count, t.collected_count)) filter (where t.reported_count is not null), 0)::float8
        as covered
    from threads t group by t.site_id order by t.site_id`)
  return rows.map(({ site, ...figures }) => ({ siteId: site, ...figures }))
}

export interface IncompleteThread {
  readonly id: number
  readonly articleId: number
  readonly siteId: string
  readonly title: string | null
  readonly platform: string
  readonly reported: number | null
  readonly held: number
  readonly reason: string | null
  readonly checkedAt: Date | null
  readonly nextCheckAt: Date | null
  /** Comments that the site reports and we do not hold; 0 where it reports no number. */
  readonly missing: number
}

/** Where a page of incomplete threads goes on: behind this one. */
export interface IncompleteCursor {
  readonly missing: number
  readonly id: number
}

export interface IncompleteFilter {
  readonly siteId: string | null
  readonly reason: string | null
  readonly after: IncompleteCursor | null
}

/** Threads of which the last pass did not read all, those that lack most first. */
export async function readIncompleteThreads(
  db: Database,
  { siteId, reason, after }: IncompleteFilter,
  limit: number,
): Promise<IncompleteThread[]> {
  const missing = sql`(coalesce(t.reported_count, 0) - t.collected_count)`
  const conditions: SQL[] = [sql`not t.complete`]
  if (siteId !== null) conditions.push(sql`t.site_id = ${siteId}`)
  if (reason !== null) conditions.push(sql`t.incomplete_reason = ${reason}`)
  if (after !== null)
    conditions.push(sql`(${missing}, t.id) < (${after.missing}::bigint, ${after.id}::bigint)`)
  const rows = await db.execute<
    Omit<IncompleteThread, 'siteId' | 'articleId' | 'checkedAt' | 'nextCheckAt'> & {
      site: string
      article: number
      checked: number | null
      next: number | null
    }
  >(sql`
    select t.id::float8 as id, a.id::float8 as article, t.site_id as site, a.title, t.platform,
      t.reported_count as reported, t.collected_count as held, t.incomplete_reason as reason,
      ${milliseconds(sql`t.checked_at`)} as checked, ${milliseconds(sql`t.next_check_at`)} as next, ${missing} as missing
    from threads t join articles a on a.id = t.article_id
    where ${sql.join(conditions, sql` and `)}
    order by ${missing} desc, t.id desc limit ${limit}`)
  return rows.map(({ site, article, checked, next, ...thread }) => ({
    ...thread,
    siteId: site,
    articleId: article,
    checkedAt: dateOf(checked),
    nextCheckAt: dateOf(next),
  }))
}

/** Incomplete threads by the reason, most frequent first. */
export async function countIncompleteReasons(db: Database): Promise<{ reason: string; threads: number }[]> {
  return db.execute<{ reason: string; threads: number }>(sql`
    select coalesce(incomplete_reason, 'unknown') as reason, count(*)::int as threads from threads where not complete
    group by 1 order by threads desc, reason`)
}
