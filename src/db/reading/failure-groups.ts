import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { milliseconds, moment } from './moments.ts'

/** Failures of one class on one site. */
export interface FailureGroup {
  readonly siteId: string
  readonly class: string
  readonly count: number
  readonly firstAt: Date
  readonly lastAt: Date
  /** The newest one's. */
  readonly message: string
}

/** What failed since a moment, by site and class, most frequent first. */
export async function readFailureGroups(
  db: Database,
  since: Date,
  siteId: string | null,
  limit: number,
): Promise<FailureGroup[]> {
  const rows = await db.execute<{
    site: string
    class: string
    count: number
    first: number
    last: number
    message: string
  }>(sql`
    select f.site_id as site, f.class, count(*)::int as count, ${milliseconds(sql`min(f.at)`)} as first,
      ${milliseconds(sql`max(f.at)`)} as last, (array_agg(left(f.message, 500) order by f.at desc))[1] as message
    from sites s join failures f on f.site_id = s.id
    where f.at >= ${moment(since)} ${siteId === null ? sql`` : sql`and s.id = ${siteId}`}
    group by f.site_id, f.class order by count desc, site, f.class limit ${limit}`)
  return rows.map(({ site, first, last, ...group }) => ({
    ...group,
    siteId: site,
    firstAt: new Date(first),
    lastAt: new Date(last),
  }))
}

export interface FailureLine {
  readonly id: number
  readonly runId: number
  readonly siteId: string
  readonly url: string | null
  readonly stage: string
  readonly class: string
  readonly message: string
  readonly at: Date
  /** The newest stored page of this address; null when none is held. */
  readonly captureId: number | null
  /** The article that is held under this address; null when none is. */
  readonly articleId: number | null
}

export interface FailureFilter {
  readonly siteId: string | null
  readonly class: string | null
  readonly runId: number | null
  /** Only failures before this one. */
  readonly before: number | null
}

/** Failures, newest first, with what is held of their addresses. */
export async function readFailures(
  db: Database,
  { siteId, class: name, runId, before }: FailureFilter,
  limit: number,
): Promise<FailureLine[]> {
  const conditions: SQL[] = [sql`true`]
  if (siteId !== null) conditions.push(sql`site_id = ${siteId}`)
  if (name !== null) conditions.push(sql`class = ${name}`)
  if (runId !== null) conditions.push(sql`run_id = ${runId}::bigint`)
  if (before !== null) conditions.push(sql`id < ${before}::bigint`)
  const hash = sql`encode(sha256(convert_to(f.url, 'UTF8')), 'hex')`
  const rows = await db.execute<
    Omit<FailureLine, 'siteId' | 'runId' | 'at' | 'captureId' | 'articleId'> & {
      site: string
      run: number
      at: number
      capture: number | null
      article: number | null
    }
  >(sql`
    select f.id::float8 as id, f.run_id::float8 as run, f.site_id as site, f.url, f.stage, f.class, f.message,
      ${milliseconds(sql`f.at`)} as at,
      (select c.id::float8 from captures c where c.site_id = f.site_id and c.url_hash = ${hash}
        order by c.fetched_at desc limit 1) as capture,
      coalesce((select a.id::float8 from articles a where a.site_id = f.site_id and a.url_hash = ${hash}),
        (select u.article_id::float8 from article_urls u where u.site_id = f.site_id and u.url_hash = ${hash} limit 1))
        as article
    from (
      select * from failures where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}) f
    order by f.id desc`)
  return rows.map(({ site, run, at, capture, article, ...failure }) => ({
    ...failure,
    siteId: site,
    runId: run,
    at: new Date(at),
    captureId: capture,
    articleId: article,
  }))
}
