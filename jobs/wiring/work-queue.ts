import type { OpenDatabase } from '../../src/db/client.ts'
import { findLostRun } from '../../src/db/runs.ts'
import type { CrawlOrder } from '../../src/queue/crawl-order.ts'
import type { OrderEnd, TakenOrder } from '../../src/queue/crawl-queue.ts'
import { UsageError } from '../../src/settings.ts'
import { resolveSite } from '../../src/sites/find-site.ts'
import { SiteError } from '../../src/sites/site-error.ts'
import type { Site } from '../../src/sites/site.ts'
import { say, showAlive, stopped } from './long-run.ts'
import { openQueue } from './open-queue.ts'
import { passLine, slotBook, wholePass } from './open-schedule.ts'
import { watchRun } from './report.ts'
import { requireContact } from './require-contact.ts'
import { exit, type Job } from './run-job.ts'
import { openRuns, type SiteResult, type SiteRuns } from './run-sites.ts'
import { Scheduler } from './scheduler.ts'
import { type MetricsServer, serveMetrics } from './serve-metrics.ts'

export interface WorkFlags {
  readonly concurrency: number
  readonly allowPrivateNetwork: boolean
  readonly metricsPort?: number
}

/** Seconds after which an order is tried again that this worker could not take up. */
const LATER = 15

/** Does what is queued until the job is stopped; then what is in hand is handed back. @returns the exit code. */
export async function workQueue(job: Job, flags: WorkFlags, known: readonly Site[]): Promise<number> {
  const { settings, signal } = job
  const metrics = await serveMetrics(flags.metricsPort ?? null, say)
  const { queue, database, close } = await openQueue(settings)
  const watcher = watchRun(settings)
  const { concurrency, allowPrivateNetwork } = flags
  const runs = await openRuns({
    settings,
    job: 'worker',
    pass: wholePass,
    allowPrivateNetwork,
    concurrency,
    signal,
    onEvent: watcher.onEvent,
    database,
  })
  const endAlive = showAlive(settings.dataFolder)
  const worker = new Worker(job, known, runs, database, metrics)
  try {
    await queue.work(concurrency, (taken) => worker.handle(taken))
    say(`waiting for sites to crawl, ${concurrency} at once; Ctrl-C ends after the pages in hand`)
    await stopped(signal)
    return exit.done
  } finally {
    await close()
    await runs.close()
    watcher.end()
    metrics.close()
    endAlive()
  }
}

class Worker {
  readonly #job: Job
  readonly #known: readonly Site[]
  readonly #runs: SiteRuns
  readonly #database: OpenDatabase
  readonly #metrics: MetricsServer
  /** The site in hand that ended its workers, or failed, so often that this is its last attempt. */
  #suspect: string | null = null

  constructor(
    job: Job,
    known: readonly Site[],
    runs: SiteRuns,
    database: OpenDatabase,
    metrics: MetricsServer,
  ) {
    this.#job = job
    this.#known = known
    this.#runs = runs
    this.#database = database
    this.#metrics = metrics
  }

  async handle(taken: TakenOrder): Promise<OrderEnd> {
    const { order, formerAttempts, isLastAttempt } = taken
    if (order === null) {
      say('an order of a newer version was left to newer workers')
      return { kind: 'hand_back', afterSeconds: LATER }
    }
    const site = this.#siteOf(order)
    if (site === null) return { kind: 'hand_back', afterSeconds: LATER }
    // Whoever was killed while the site was going on is no reason to set the site aside: only one at which nothing goes
    // on between the deaths of its workers is.
    const lostRun = formerAttempts > 0 ? await findLostRun(this.#database.db, site.id) : null
    if (lostRun !== null && lostRun !== order.lostRun) return { kind: 'hand_back', afterSeconds: 0, lostRun }
    if (!isLastAttempt) return this.#do(site, order, taken.signal)
    // Whichever of two ended their worker, both would be set aside for it.
    if (this.#suspect !== null) return { kind: 'hand_back', afterSeconds: LATER }
    this.#suspect = site.id
    try {
      return await this.#do(site, order, taken.signal)
    } finally {
      this.#suspect = null
    }
  }

  /** Null, and said why, when only a worker with other site files or settings can take it. */
  #siteOf({ name }: CrawlOrder): Site | null {
    try {
      const site = resolveSite(name, this.#known)
      requireContact(this.#job.settings, [site])
      return site
    } catch (error) {
      if (!(error instanceof SiteError || error instanceof UsageError)) throw error
      say(`an order was left to other workers: ${error.message}`)
      return null
    }
  }

  async #do(site: Site, order: CrawlOrder, claim: AbortSignal): Promise<OrderEnd> {
    const result = await this.#crawl(site, order, AbortSignal.any([this.#job.signal, claim]))
    if (result === null) return { kind: 'done', outcome: 'not_due' }
    this.#metrics.count(result)
    say(passLine(result))
    return endOf(result, order)
  }

  async #crawl(site: Site, { job, pass }: CrawlOrder, signal: AbortSignal): Promise<SiteResult | null> {
    if (job === 'crawl') return this.#runs.run(site, { job, pass, signal })
    const scheduler = new Scheduler<SiteResult>({
      now: () => new Date(),
      book: slotBook(this.#database),
      run: (due, isDue) => this.#runs.run(due, { job, pass, signal, isDue }),
    })
    const [run] = await scheduler.wake([site])
    return (await run) ?? null
  }
}

/** What a person asked for is tried again when it fails; what is scheduled has its next slot for that. */
function endOf({ outcome, error }: SiteResult, { job }: CrawlOrder): OrderEnd {
  if (outcome === 'interrupted') return { kind: 'hand_back', afterSeconds: 0 }
  if (outcome === 'held') return { kind: 'hand_back', afterSeconds: LATER }
  if (outcome === 'failed' && job === 'crawl') throw new Error(error ?? 'the pass failed')
  return { kind: 'done', outcome }
}
