import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { isPass } from '../runs.ts'
import { milliseconds, moment } from './moments.ts'

export interface HourlyArrivals {
  readonly siteId: string
  /** Start of the hour. */
  readonly hour: Date
  /** Comments that passes which ended in this hour had found. */
  readonly comments: number
}

/** New comments by site and hour since a moment, as the passes counted them: comments themselves are not read. */
export async function readArrivals(db: Database, since: Date): Promise<HourlyArrivals[]> {
  const rows = await db.execute<{ site: string; hour: number; comments: number }>(sql`
    select s.id as site, ${milliseconds(sql`date_trunc('hour', r.finished_at, 'UTC')`)} as hour,
      sum((r.counters->'comments'->>'new')::int)::int as comments
    from sites s cross join lateral (
      select finished_at, counters from runs
      where site_id = s.id and started_at >= ${moment(since)} - interval '6 hours' and finished_at >= ${moment(since)}
        and ${isPass} and counters is not null) r
    group by 1, 2 order by 2`)
  return rows.map(({ site, hour, comments }) => ({
    siteId: site,
    hour: new Date(hour),
    comments: comments ?? 0,
  }))
}

/** How long comments had been public when they were found, for those found in one hour. */
export interface HourlyDelay {
  /** Null for all sites together. */
  readonly siteId: string | null
  readonly hour: Date
  readonly comments: number
  /** Seconds; half of the comments were found sooner. */
  readonly median: number
  /** Seconds; nine of ten were found sooner. */
  readonly most: number
}

/** Comments that are looked at, so that the answer takes the same time however many are held. */
const SAMPLE = 20_000

/**
 * The delay of the newest comments since a moment, by the hour in which they were found, for each site and for all.
 * Only those count that were written after their article was known (the others were there before anybody looked) and
 * whose time is exact.
 */
export async function readDelays(db: Database, since: Date): Promise<HourlyDelay[]> {
  const rows = await db.execute<{
    site: string | null
    hour: number
    comments: number
    quantiles: number[]
  }>(sql`
    with newest as materialized (
      select article_id, published_at, first_seen_at from comments
      where published_precision in ('second', 'minute') and not is_ping
      order by id desc limit ${SAMPLE}),
    known as materialized (
      select id, site_id, first_seen_at from articles where id in (select distinct article_id from newest)),
    found as (
      select k.site_id, date_trunc('hour', c.first_seen_at, 'UTC') as hour,
        extract(epoch from c.first_seen_at - c.published_at)::float8 as delay
      from newest c join known k on k.id = c.article_id
      where c.first_seen_at >= ${moment(since)} and c.published_at between k.first_seen_at and c.first_seen_at)
    select site_id as site, ${milliseconds(sql`hour`)} as hour, count(*)::int as comments,
      percentile_disc(array[0.5, 0.9]) within group (order by delay) as quantiles
    from found group by grouping sets ((hour), (site_id, hour)) order by hour`)
  return rows.map(({ site, hour, comments, quantiles: [median = 0, most = 0] }) => ({
    siteId: site,
    hour: new Date(hour),
    comments,
    median,
    most,
  }))
}
