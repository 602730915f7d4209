import { openDatabase } from '../../src/db/client.ts'
import { isConnectionLost } from '../../src/db/connection-lost.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { DatabaseUnreachable } from '../../src/db/refusals.ts'
import { loadSlot, saveSlot } from '../../src/db/schedules.ts'
import type { ReportedFailure } from '../../src/report/summary.ts'
import { watchRun } from './report.ts'
import type { Job } from './run-job.ts'
import { openRuns, type SiteResult } from './run-sites.ts'
import type { ScheduleFlags } from './schedule-sites.ts'
import { Scheduler } from './scheduler.ts'
import { StoreUnavailable } from '../../src/store.ts'

/** A scheduler on the configured database, with what its passes need. */
export interface OpenSchedule {
  readonly scheduler: Scheduler<SiteResult>
  readonly failures: readonly ReportedFailure[]
  readonly close: () => Promise<void>
}

/** @throws DatabaseInUse, DatabaseUnreachable, WrongSchemaVersion */
export async function openSchedule({ settings, signal }: Job, flags: ScheduleFlags): Promise<OpenSchedule> {
  const database = await openDatabase(settings)
  const watcher = watchRun(settings)
  const close = async () => {
    watcher.end()
    await database.close()
  }
  try {
    await requireSchema(database)
    const { db } = database
    const runs = await openRuns({
      settings,
      job: 'schedule',
      pass: {
        since: null,
        limit: null,
        maxRequests: null,
        comments: true,
        refresh: false,
        articles: [],
      },
      allowPrivateNetwork: flags.allowPrivateNetwork,
      concurrency: flags.concurrency,
      signal,
      onEvent: watcher.onEvent,
      database,
    })
    const scheduler = new Scheduler<SiteResult>({
      now: () => new Date(),
      book: {
        load: ({ id }) => loadSlot(db, id),
        save: ({ id: siteId }, slot, ranAt) => saveSlot(db, { siteId, ...slot }, ranAt),
      },
      run: runs.run,
    })
    return {
      scheduler,
      failures: watcher.failures,
      close: async () => {
        await runs.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Why the database could not be had for now, in one line; null for an error that waiting does not mend. */
export function whyNotOpen(error: unknown): string | null {
  if (error instanceof DatabaseInUse || error instanceof DatabaseUnreachable) return error.message
  if (error instanceof StoreUnavailable) return error.message
  return isConnectionLost(error) ? 'the database went away; what was stored is safe' : null
}

export function passLine({ site, outcome, error, tally, seconds }: SiteResult): string {
  const { articles, comments, requests } = tally
  const failures = Object.values(tally.failures).reduce((sum, count) => sum + count, 0)
  const figures = [
    `${articles.new} new and ${articles.changed} changed articles`,
    `${comments.new} new, ${comments.edited} edited, ${comments.removed} removed comments`,
    `${requests} requests`,
    `${failures} failures`,
    `${seconds.toFixed(1)} s`,
  ]
  return `${site} ${outcome}: ${error ?? figures.join(', ')}`
}
