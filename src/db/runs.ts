import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { failureClasses } from '../failure.ts'
import type { FailureRecord } from '../store.ts'
import type { Database } from './client.ts'
import { identity, moment, reference } from './columns.ts'
import { failpoint } from '../failpoint.ts'

export const runs = pgTable(
  'runs',
  {
    id: identity(),
    siteId: text('site_id').notNull(),
    job: text('job').notNull(),
    startedAt: moment('started_at').notNull(),
    finishedAt: moment('finished_at'),
    outcome: text('outcome'),
    counters: jsonb('counters'),
    error: text('error'),
    state: text('state'),
    reason: text('reason'),
  },
  (table) => [index('runs_site_id_started_at_idx').on(table.siteId, table.startedAt)],
)

export const failures = pgTable(
  'failures',
  {
    id: identity(),
    runId: reference('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    siteId: text('site_id').notNull(),
    url: text('url'),
    stage: text('stage').notNull(),
    class: text('class').notNull(),
    message: text('message').notNull(),
    attempt: integer('attempt').notNull().default(1),
    at: moment('at').notNull(),
  },
  (table) => [
    index('failures_run_id_idx').on(table.runId),
    index('failures_site_id_at_idx').on(table.siteId, table.at),
  ],
)

/** Whether a run asked hosts: what is read of stored or brought pages tells nothing of how a site fares. */
export const isPass = sql`job not in ('reextract', 'import')`

/** How a pass over a site ended. `interrupted` passes are taken up again by the next one. */
export type RunOutcome = 'done' | 'failed' | 'partial' | 'interrupted'

const LOST_RUN = 'its process was lost; the next pass went on from what was stored'

/**
 * Begins a run, by who holds the site. A run before it that has no end was lost with its process, or stands still: it is
 * ended here. Begun again at the same moment, after the answer was lost say, it is the same run.
 */
export async function startRun(db: Database, siteId: string, job: string, startedAt: Date): Promise<number> {
  return db.transaction(async (transaction) => {
    const isOpen = sql`${runs.siteId} = ${siteId} and ${runs.finishedAt} is null`
    const isSame = sql`${isOpen} and ${runs.job} = ${job} and ${runs.startedAt} = ${startedAt.toISOString()}::timestamptz`
    const [begun] = await transaction.select({ id: runs.id }).from(runs).where(isSame)
    if (begun !== undefined) return begun.id
    await transaction
      .update(runs)
      .set({ finishedAt: startedAt, outcome: 'interrupted', error: LOST_RUN })
      .where(isOpen)
    const [row] = await transaction.insert(runs).values({ siteId, job, startedAt }).returning({ id: runs.id })
    if (row === undefined) throw new Error(`the database gave no id for a run of ${siteId}`)
    return row.id
  })
}

/** The site's last run, if it was lost with its process after it had stored something; else null. */
export async function findLostRun(db: Database, siteId: string): Promise<number | null> {
  const [row] = await db.execute<{ id: string }>(sql`
    select r.id::text from (select * from runs where site_id = ${siteId} order by started_at desc limit 1) r
    where r.finished_at is null and (
      exists (select from article_visits a where a.site_id = r.site_id and a.checked_at >= r.started_at)
      or exists (select from captures c where c.site_id = r.site_id and c.fetched_at >= r.started_at
        and c.kind in ('not_an_article', 'reserved')))`)
  return row === undefined ? null : Number(row.id)
}

export interface RunEnd {
  readonly outcome: RunOutcome
  readonly counters: unknown
  readonly error: string | null
  readonly finishedAt: Date
}

export async function finishRun(db: Database, id: number, end: RunEnd): Promise<void> {
  await db
    .update(runs)
    .set(end)
    .where(sql`${runs.id} = ${id} and ${runs.finishedAt} is null`)
}

/** Notes what a run that has ended says of its site; null: nothing, as it was cut short. */
export async function noteVerdict(
  db: Database,
  id: number,
  verdict: { readonly name: string; readonly reason: string } | null,
): Promise<void> {
  if (verdict === null) return
  const { name: state, reason } = verdict
  await db
    .update(runs)
    .set({ state, reason })
    .where(sql`${runs.id} = ${id}`)
}

export async function recordFailure(
  db: Database,
  runId: number,
  siteId: string,
  record: FailureRecord,
): Promise<void> {
  const { url, stage, at } = record
  const isSame = sql`${failures.runId} = ${runId} and ${failures.url} is not distinct from ${url}
    and ${failures.stage} = ${stage} and ${failures.class} = ${record.class}
    and ${failures.at} = ${at.toISOString()}::timestamptz`
  // Told again after the answer to the first time was lost, say.
  const held = await db.select({ id: failures.id }).from(failures).where(isSame)
  if (held.length > 0) return
  await db.insert(failures).values({ runId, siteId, ...record })
  failpoint('failure-recorded')
}

/**
 * A page that failed may have dropped out of the site's feed since, so it is tried again for a week, until
 * it is held under some address or has turned out to be no article.
 */
export async function findFailedUrls(
  db: Database,
  siteId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const retried = Object.entries(failureClasses).filter(([, { next }]) => next === 'retry' || next === 'wait')
  const hash = sql`encode(sha256(convert_to(f.url, 'UTF8')), 'hex')`
  const rows = await db.execute<{ url: string }>(sql`
    select f.url from failures f
    where f.site_id = ${siteId} and f.stage in ('fetch', 'extract', 'store') and f.url is not null and f.url not like '%=***%'
      and f.class in (select json_array_elements_text(${JSON.stringify(retried.map(([name]) => name))}::json))
      and f.at > ${now.toISOString()}::timestamptz - interval '7 days'
      and not exists (select 1 from articles a where a.site_id = f.site_id and a.url_hash = ${hash})
      and not exists (select 1 from article_urls u where u.site_id = f.site_id and u.url_hash = ${hash})
      and not exists (select 1 from captures c where c.site_id = f.site_id and c.url_hash = ${hash}
        and c.kind in ('not_an_article', 'reserved') and c.fetched_at >= f.at)
    group by f.url having count(*) < 10 order by max(f.at) limit ${limit}`)
  return rows.map((row) => row.url)
}
