import { newTally } from '../../src/crawlers/tally.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { isConnectionLost } from '../../src/db/connection-lost.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { DatabaseUnreachable } from '../../src/db/refusals.ts'
import { loadSlot, saveSlot } from '../../src/db/schedules.ts'
import type { ReportedFailure } from '../../src/report/summary.ts'
import type { Site } from '../../src/sites/site.ts'
import { openQueue } from './open-queue.ts'
import { watchRun } from './report.ts'
import type { Job } from './run-job.ts'
import { openRuns, type SiteResult } from './run-sites.ts'
import type { ScheduleFlags } from './schedule-sites.ts'
import { Scheduler, type SlotBook } from './scheduler.ts'
import { StoreUnavailable } from '../../src/store.ts'

/** A scheduler on the configured database, with what its passes need. */
export interface OpenSchedule {
  readonly scheduler: Scheduler<SiteResult>
  readonly failures: readonly ReportedFailure[]
  readonly close: () => Promise<void>
}

/** What a pass does that nobody asked anything special of. */
export const wholePass = {
  since: null,
  limit: null,
  maxRequests: null,
  comments: true,
  refresh: false,
  articles: [],
}

const SCHEDULED_PRIORITY = 0

/** @throws DatabaseInUse, DatabaseUnreachable, WrongSchemaVersion */
export async function openSchedule(job: Job, flags: ScheduleFlags): Promise<OpenSchedule> {
  return flags.queue ? openQueueing(job) : openCrawling(job, flags)
}

async function openCrawling({ settings, signal }: Job, flags: ScheduleFlags): Promise<OpenSchedule> {
  const database = await openDatabase(settings)
  const watcher = watchRun(settings)
  const close = async () => {
    watcher.end()
    await database.close()
  }
  try {
    await requireSchema(database)
    const runs = await openRuns({
      settings,
      job: 'schedule',
      pass: wholePass,
      allowPrivateNetwork: flags.allowPrivateNetwork,
      concurrency: flags.concurrency,
      signal,
      onEvent: watcher.onEvent,
      database,
    })
    const scheduler = new Scheduler<SiteResult>({
      now: () => new Date(),
      book: slotBook(database),
      run: (site, isDue) => runs.run(site, { isDue }),
    })
    return {
      scheduler,
      failures: watcher.failures,
      close: async () => {
        try {
          await runs.close()
        } finally {
          await close()
        }
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Sites that are due are queued; their slots are over when a worker has ended its pass. */
async function openQueueing({ settings }: Job): Promise<OpenSchedule> {
  const { queue, database, close } = await openQueue(settings)
  const run = async ({ id }: Site): Promise<SiteResult> => {
    const order = { siteId: id, name: id, job: 'schedule', pass: wholePass, lostRun: null } as const
    const added = await queue.add(order, SCHEDULED_PRIORITY)
    // What waits already has nothing to tell; what was set aside is not crawled before a person has seen to it.
    const outcome = added === 'waiting' ? 'not_due' : added
    return { site: id, outcome, error: null, alarms: [], tally: newTally(), seconds: 0 }
  }
  const scheduler = new Scheduler<SiteResult>({ now: () => new Date(), book: slotBook(database), run })
  return { scheduler, failures: [], close }
}

export function slotBook({ db }: OpenDatabase): SlotBook {
  return {
    load: ({ id }) => loadSlot(db, id),
    save: ({ id: siteId }, slot, ranAt) => saveSlot(db, { siteId, ...slot }, ranAt),
  }
}

/** Why the database could not be had for now, in one line; null for an error that waiting does not mend. */
export function whyNotOpen(error: unknown): string | null {
  if (error instanceof DatabaseInUse || error instanceof DatabaseUnreachable) return error.message
  if (error instanceof StoreUnavailable) return error.message
  return isConnectionLost(error) ? 'the database went away; what was stored is safe' : null
}

export function passLine({ site, outcome, error, tally, seconds }: SiteResult): string {
  if (outcome === 'queued') return `${site} queued`
  if (outcome === 'set_aside')
    return `${site} was set aside and is not crawled; npm run doctor says why; mend it, then: npm run doctor -- --redrive`
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
