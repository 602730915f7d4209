import { schedule as onClock } from 'node-cron'
import pLimit from 'p-limit'
import { renderSummary } from '../../src/report/summary.ts'
import type { Site } from '../../src/sites/site.ts'
import { exitCodeOf } from './crawl-sites.ts'
import { openSchedule, type OpenSchedule, passLine, whyNotOpen } from './open-schedule.ts'
import { say, showAlive, stopped } from './long-run.ts'
import { siteReport } from './report.ts'
import { exit, type Job } from './run-job.ts'
import type { SiteResult } from './run-sites.ts'
import { type MetricsServer, serveMetrics } from './serve-metrics.ts'

export interface ScheduleFlags {
  readonly once: boolean
  /** Leave the crawling to workers. */
  readonly queue: boolean
  readonly concurrency: number
  readonly allowPrivateNetwork: boolean
  readonly metricsPort?: number
}

/** Between the slots: takes up what another process held, and what was missed while the machine slept. */
const EVERY_MINUTE = { schedule: '* * * * *', scheduleZone: 'UTC' }

/** Runs the sites by their schedules until the job is stopped, or what is due once. @returns the exit code. */
export async function scheduleSites(job: Job, flags: ScheduleFlags, sites: readonly Site[]): Promise<number> {
  if (flags.once) return runDueSites(job, flags, sites)
  const metrics = await serveMetrics(flags.metricsPort ?? null, say)
  const schedule = new LongRun(job, flags, sites, metrics)
  const clocks = [...sites, EVERY_MINUTE].map(({ schedule, scheduleZone }) => ({ schedule, scheduleZone }))
  const distinct = new Map(clocks.map((clock) => [JSON.stringify(clock), clock]))
  const tasks = [...distinct.values()].map((clock) =>
    onClock(clock.schedule, () => schedule.wake(), { timezone: clock.scheduleZone }),
  )
  const endAlive = showAlive(job.settings.dataFolder)
  say(`${sites.length} sites are scheduled; Ctrl-C ends after the pages in hand`)
  try {
    await schedule.wake()
    await Promise.race([stopped(job.signal), schedule.fault])
  } finally {
    for (const task of tasks) void task.destroy()
  }
  await schedule.close()
  metrics.close()
  endAlive()
  return exit.done
}

async function runDueSites(job: Job, flags: ScheduleFlags, sites: readonly Site[]): Promise<number> {
  const open = await openSchedule(job, flags)
  try {
    const results = await Promise.all(await open.scheduler.wake(sites))
    const ran = results.filter(({ outcome }) => outcome !== 'not_due')
    if (ran.length === 0) process.stdout.write('No site is due.\n')
    else if (flags.queue) process.stdout.write(ran.map((result) => `${passLine(result)}\n`).join(''))
    else process.stdout.write(renderSummary(ran.map(siteReport), open.failures))
    return exitCodeOf(ran)
  } finally {
    await open.close()
  }
}

/**
 * Wakes the scheduler at each tick. The database is opened when a site may be due and given back when no pass is
 * running, so that other commands can have an embedded one between; what goes wrong with it is tried again at the
 * next tick.
 */
class LongRun {
  readonly #job: Job
  readonly #flags: ScheduleFlags
  readonly #sites: readonly Site[]
  readonly #metrics: MetricsServer
  readonly #oneByOne = pLimit(1)
  readonly #end = rejectable()
  /** Sites that were told to be set aside; once is enough for each time. */
  readonly #setAside = new Set<string>()
  #open: OpenSchedule | null = null
  /** Before then nothing is due, as far as was seen when the database was open. */
  #quietUntil = new Date(0)

  constructor(job: Job, flags: ScheduleFlags, sites: readonly Site[], metrics: MetricsServer) {
    this.#job = job
    this.#flags = flags
    this.#sites = sites
    this.#metrics = metrics
  }

  /** Rejects with an error that waiting does not mend. */
  get fault(): Promise<never> {
    return this.#end.promise
  }

  wake(): Promise<void> {
    return this.#oneByOne(async () => {
      if (this.#job.signal.aborted) return
      if (this.#open === null && new Date() < this.#quietUntil) return
      try {
        this.#open ??= await openSchedule(this.#job, this.#flags)
        const passes = await this.#open.scheduler.wake(this.#sites)
        for (const pass of passes) this.#follow(pass)
        await this.#rest()
      } catch (error) {
        await this.#giveUp(error)
      }
    })
  }

  async close(): Promise<void> {
    await this.#open?.scheduler.settled()
    await this.#oneByOne(() => this.#giveBack())
  }

  #follow(pass: Promise<SiteResult>): void {
    void pass
      .then((result) => {
        this.#metrics.count(result)
        if (this.#isNews(result)) say(passLine(result))
        return this.#oneByOne(() => this.#rest())
      })
      .catch((error: unknown) => this.#oneByOne(() => this.#giveUp(error)))
  }

  #isNews({ site, outcome }: SiteResult): boolean {
    const wasSetAside = this.#setAside.delete(site)
    if (outcome !== 'set_aside') return outcome !== 'not_due'
    this.#setAside.add(site)
    return !wasSetAside
  }

  /** Gives the database back when nothing runs. */
  async #rest(): Promise<void> {
    if (this.#open === null || !this.#open.scheduler.isIdle || this.#job.signal.aborted) return
    this.#quietUntil = await this.#open.scheduler.nextDue(this.#sites)
    await this.#giveBack()
  }

  async #giveBack(): Promise<void> {
    const open = this.#open
    this.#open = null
    await open?.close()
  }

  async #giveUp(error: unknown): Promise<void> {
    const reason = whyNotOpen(error)
    if (reason === null) return this.#end.reject(error)
    say(`${reason}; trying again within a minute`)
    try {
      await this.#giveBack()
    } catch (fault) {
      // A database that went away can't be taken leave of either.
      if (whyNotOpen(fault) === null) this.#end.reject(fault)
    }
  }
}

function rejectable(): { promise: Promise<never>; reject: (error: unknown) => void } {
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<never>((_resolve, refuse) => {
    reject = refuse
  })
  return { promise, reject }
}
