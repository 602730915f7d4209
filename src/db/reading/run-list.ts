import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { dateOf, milliseconds } from './moments.ts'
import { type RunFigures, runFigures } from './run-figures.ts'

export interface RunLine {
  readonly id: number
  readonly siteId: string
  readonly job: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly outcome: string | null
  readonly error: string | null
  readonly figures: RunFigures
}

export interface RunFilter {
  readonly siteId: string | null
  readonly outcome: string | null
  /** Only runs before this one. */
  readonly before: number | null
}

/** Runs, newest first. */
export async function readRuns(
  db: Database,
  { siteId, outcome, before }: RunFilter,
  limit: number,
): Promise<RunLine[]> {
  const conditions: SQL[] = [sql`true`]
  if (siteId !== null) conditions.push(sql`site_id = ${siteId}`)
  if (outcome !== null)
    conditions.push(outcome === 'running' ? sql`outcome is null` : sql`outcome = ${outcome}`)
  if (before !== null) conditions.push(sql`id < ${before}::bigint`)
  return runsWhere(db, sql`${sql.join(conditions, sql` and `)} order by runs.id desc limit ${limit}`)
}

export async function readRun(db: Database, id: number): Promise<RunLine | null> {
  const [run] = await runsWhere(db, sql`id = ${id}::bigint`)
  return run ?? null
}

async function runsWhere(db: Database, where: SQL): Promise<RunLine[]> {
  const rows = await db.execute<{
    id: number
    site: string
    job: string
    started: number
    finished: number | null
    outcome: string | null
    error: string | null
    counters: unknown
  }>(sql`
    select id::float8 as id, site_id as site, job, ${milliseconds(sql`started_at`)} as started,
      ${milliseconds(sql`finished_at`)} as finished, outcome, error, counters
    from runs where ${where}`)
  return rows.map(({ site, started, finished, counters, ...run }) => ({
    ...run,
    siteId: site,
    startedAt: new Date(started),
    finishedAt: dateOf(finished),
    figures: runFigures(counters),
  }))
}
