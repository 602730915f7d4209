import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { FailureClass } from '../../failure.ts'
import type { Database } from '../client.ts'
import { isPass } from '../runs.ts'
import { groupBy } from './group-by.ts'
import { dateOf, milliseconds } from './moments.ts'

/** Passes of each site, enough to tell how it is; of sites that are named, enough to tell since when. */
const passesOf = (siteIds: readonly string[] | null): SQL =>
  siteIds === null ? sql`greatest(3, least(10, 1000 / (select count(*) from sites)))` : sql`100`

export interface SitePass {
  readonly id: number
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly outcome: string | null
  readonly error: string | null
  /** Pages read, articles or not. */
  readonly pages: number
  readonly failures: Readonly<Partial<Record<FailureClass, number>>>
  readonly alarms: readonly string[]
}

export interface SiteOverview {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly enabled: boolean
  readonly language: string | null
  readonly timezone: string | null
  /** Cron expression and zone; null for a site that was never scheduled. */
  readonly schedule: string | null
  readonly nextRunAt: Date | null
  /** Newest first; replays of stored pages are none. */
  readonly passes: readonly SitePass[]
}

/** All sites by their ids, or those that are named, with their last passes. */
export async function readSiteOverviews(
  db: Database,
  siteIds: readonly string[] | null = null,
): Promise<SiteOverview[]> {
  const most = passesOf(siteIds)
  const wanted =
    siteIds === null
      ? sql`true`
      : sql`s.id in (select json_array_elements_text(${JSON.stringify(siteIds)}::json))`
  const [sites, passes, alarms] = await Promise.all([
    db.execute<Omit<SiteOverview, 'nextRunAt' | 'passes'> & { next: number | null }>(sql`
      select s.id, s.name, s.url, s.enabled, s.language, s.timezone, p.expression as schedule,
        ${milliseconds(sql`p.next_run_at`)} as next
      from sites s left join schedules p on p.site_id = s.id where ${wanted} order by s.id`),
    readPasses(db, wanted, most),
    readAlarms(db, wanted, most),
  ])
  return sites.map(({ next, ...site }) => ({
    ...site,
    nextRunAt: dateOf(next),
    passes: (passes.get(site.id) ?? []).map((pass) => ({ ...pass, alarms: alarms.get(pass.id) ?? [] })),
  }))
}

const failuresShape = z.record(z.string(), z.number())

async function readPasses(db: Database, wanted: SQL, most: SQL) {
  const rows = await db.execute<{
    site: string
    id: number
    started: number
    finished: number | null
    outcome: string | null
    error: string | null
    pages: number
    failures: unknown
  }>(sql`
    select s.id as site, r.id::float8 as id, ${milliseconds(sql`r.started_at`)} as started,
      ${milliseconds(sql`r.finished_at`)} as finished, r.outcome, left(r.error, 500) as error, r.counters->'failures' as failures,
      coalesce((r.counters->>'pages')::int, 0) + coalesce((r.counters->>'notArticles')::int, 0) as pages
    from sites s cross join lateral (
      select * from runs where site_id = s.id and ${isPass}
      order by started_at desc limit ${most}) r
    where ${wanted} order by r.started_at desc, r.id desc`)
  const passes = rows.map(({ site, id, started, finished, outcome, error, pages, failures }) => ({
    site,
    id,
    startedAt: new Date(started),
    finishedAt: dateOf(finished),
    outcome,
    error,
    pages,
    failures: failuresShape.parse(failures ?? {}),
  }))
  return groupBy(passes, ({ site }) => site)
}

/** What was wrong with each of the last passes as a whole, by the pass' id. */
async function readAlarms(db: Database, wanted: SQL, most: SQL): Promise<Map<number, readonly string[]>> {
  const rows = await db.execute<{ run: number; messages: string[] }>(sql`
    select k.run_id::float8 as run, array(select value->>'message' from jsonb_array_elements(k.alarms)) as messages
    from sites s cross join lateral (
      select run_id, alarms from site_checks where site_id = s.id order by at desc limit ${most}) k
    where ${wanted} and k.alarms <> '[]'`)
  return new Map(rows.map(({ run, messages }) => [run, messages]))
}
