import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { schedules } from '../schedules.ts'
import { dateOf, milliseconds, moment } from './moments.ts'

export interface DueCounts {
  readonly overdue: number
  readonly withinHour: number
  readonly withinDay: number
}

/** No pass comes to a thread whose article is gone, or whose site is not crawled any more. */
const looksAgain = sql`threads t join articles a on a.id = t.article_id and a.gone_at is null
      join sites s on s.id = a.site_id and s.enabled`

/** Threads by when they are to be looked at again. */
export async function countDueThreads(db: Database, now: Date): Promise<DueCounts> {
  const at = moment(now)
  const [row] = await db.execute<{ overdue: number; hour: number; day: number }>(sql`
    select count(*) filter (where t.next_check_at <= ${at})::int as overdue,
      count(*) filter (where t.next_check_at > ${at} and t.next_check_at <= ${at} + interval '1 hour')::int as hour,
      count(*) filter (where t.next_check_at > ${at} + interval '1 hour')::int as day
    from ${looksAgain} where t.next_check_at <= ${at} + interval '1 day'`)
  return { overdue: row?.overdue ?? 0, withinHour: row?.hour ?? 0, withinDay: row?.day ?? 0 }
}

export interface DueThread {
  readonly id: number
  readonly articleId: number
  readonly siteId: string
  readonly title: string | null
  readonly platform: string
  readonly held: number
  readonly nextCheckAt: Date
}

/** The threads that are looked at next, longest overdue first. */
export async function readDueThreads(
  db: Database,
  after: { readonly nextCheckAt: Date; readonly id: number } | null,
  limit: number,
): Promise<DueThread[]> {
  const behind =
    after === null
      ? sql`true`
      : sql`(t.next_check_at, t.id) > (${moment(after.nextCheckAt)}, ${after.id}::bigint)`
  const rows = await db.execute<
    Omit<DueThread, 'nextCheckAt' | 'siteId' | 'articleId'> & { site: string; article: number; next: number }
  >(sql`
    select t.id::float8 as id, a.id::float8 as article, a.site_id as site, a.title, t.platform, t.collected_count as held,
      ${milliseconds(sql`t.next_check_at`)} as next
    from ${looksAgain}
    where t.next_check_at is not null and ${behind}
    order by t.next_check_at, t.id limit ${limit}`)
  return rows.map(({ site, article, next, ...thread }) => ({
    ...thread,
    siteId: site,
    articleId: article,
    nextCheckAt: new Date(next),
  }))
}

export interface NextPass {
  readonly siteId: string
  /** Cron expression and zone. */
  readonly expression: string
  readonly nextRunAt: Date
}

/** The sites whose next pass is due first. */
export async function readNextPasses(db: Database, limit: number): Promise<NextPass[]> {
  const { siteId, expression, nextRunAt } = schedules
  return db.select({ siteId, expression, nextRunAt }).from(schedules).orderBy(nextRunAt, siteId).limit(limit)
}

export interface WaitingHost {
  readonly host: string
  readonly nextAllowedAt: Date | null
  readonly retryAfterUntil: Date | null
}

/** Hosts that asked us to wait, and may not be asked yet. */
export async function readWaitingHosts(db: Database, now: Date, limit: number): Promise<WaitingHost[]> {
  const rows = await db.execute<{ host: string; next: number | null; until: number | null }>(sql`
    select host, ${milliseconds(sql`next_allowed_at`)} as next, ${milliseconds(sql`retry_after_until`)} as until
    from hosts where retry_after_until > ${moment(now)} order by retry_after_until desc limit ${limit}`)
  return rows.map(({ host, next, until }) => ({
    host,
    nextAllowedAt: dateOf(next),
    retryAfterUntil: dateOf(until),
  }))
}
