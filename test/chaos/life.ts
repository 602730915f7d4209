import { setTimeout as sleep } from 'node:timers/promises'
import type { BuiltJobs } from '../jobs/build-jobs.ts'
import { type ChaosJob, type ChildEnd, startChild } from './child.ts'
import type { ChaosDatabase, Databases } from './databases.ts'
import { settle } from './converge.ts'
import { type FakeSite, openFakeSite } from './fake-site.ts'
import { findDoubled, findImpolite, findLost, findStuck, type Wrongs } from './oracle.ts'

/** What a life is lived with. */
export interface Rig {
  readonly jobs: BuiltJobs
  readonly databases: Databases
  /** Aborted: no further life is begun. */
  readonly signal: AbortSignal
  /** Takes a line on what goes on. */
  readonly note: (line: string) => void
}

/** How a process is killed. */
export type Blow =
  | { readonly kind: 'failpoint'; readonly job: ChaosJob; readonly failpoint: string }
  /** @param share of the time that a pass takes, 0 to 1; below 0: of the time before it begins. */
  | { readonly kind: 'instant'; readonly share: number }

/** Milliseconds that a pass and what comes before it took at last, where nobody killed it. */
const usual = { start: 1500, pass: 1500 }

/** One of them in two parts, one with its whole thread on its page, and one more with each kill: most of the time goes into starting processes. */
const ARTICLES = 3
/** Milliseconds between two requests. */
const DELAY_MS = 10

/** A site and a database, and the processes between them that are killed one after the other. */
export class Life {
  readonly #rig: Rig
  readonly #site: FakeSite
  readonly #database: ChaosDatabase
  /** Where in the ledger of requests each process began. */
  readonly #starts: number[] = []

  private constructor(rig: Rig, site: FakeSite, database: ChaosDatabase) {
    this.#rig = rig
    this.#site = site
    this.#database = database
  }

  static async open(rig: Rig, seed: number, content: 'empty' | 'migrated'): Promise<Life> {
    const site = await openFakeSite({ seed, articles: ARTICLES, delayMs: DELAY_MS })
    return new Life(rig, site, await rig.databases.make(content))
  }

  /** Lets the site move on, if it may, and starts a process that is to be killed. @returns whether it was. */
  async strike(blow: Blow): Promise<boolean> {
    if (blow.kind === 'instant' || !isOfStanding(blow.failpoint)) this.#site.newsroom.change(new Date())
    const { end, wasKilled } =
      blow.kind === 'instant' ? await this.#killAt(blow.share) : await this.#failAt(blow)
    if (wasKilled) return true
    refuseOddEnd(end)
    return false
  }

  /** One pass that nobody disturbs. */
  async pass(job: ChaosJob = 'crawl', flags: readonly string[] = ['--refresh']): Promise<ChildEnd> {
    const end = await this.#start({ job, flags }).end
    refuseOddEnd(end)
    return end
  }

  /** Comes to rest: an ordinary pass takes up what was begun, one that looks at everything the rest. */
  async rest(): Promise<Wrongs> {
    const { settings } = this.#database
    const { note } = this.#rig
    const ordinary = await settle(
      settings,
      () => this.pass('crawl', []),
      (database) => findStuck(database, this.#site),
      note,
    )
    const whole = await settle(
      settings,
      () => this.pass(),
      async (database) => ({
        lost: await findLost(database, this.#site),
        doubled: await findDoubled(database),
      }),
      note,
    )
    const impolite = findImpolite(this.#site.newsroom.requests(), this.#starts, DELAY_MS)
    const stuck = [...ordinary.seen, ...ordinary.failures, ...whole.failures]
    return { ...whole.seen, stuck, impolite }
  }

  async close(): Promise<void> {
    await this.#site.close()
    await this.#database.remove()
  }

  #start(task: { job: ChaosJob; flags: readonly string[]; failpoint?: string }) {
    this.#starts.push(this.#site.newsroom.requests().length)
    const { jobs } = this.#rig
    return startChild({ jobs, site: this.#site, settings: this.#database.settings, ...task })
  }

  async #failAt({ job, failpoint }: Extract<Blow, { kind: 'failpoint' }>) {
    const flags = job !== 'crawl' || isOfStanding(failpoint) ? [] : ['--refresh']
    const end = await this.#start({ job, flags, failpoint: `${failpoint}:kill` }).end
    return { end, wasKilled: end.signal === 'SIGKILL' }
  }

  async #killAt(share: number) {
    const started = performance.now()
    const child = this.#start({ job: 'crawl', flags: ['--refresh'] })
    const ended = new AbortController()
    const end = child.end.finally(() => ended.abort())
    let begun = started
    if (share >= 0) {
      await child.begun
      begun = performance.now()
      usual.start = begun - started
    }
    const delay = share >= 0 ? share * usual.pass : -share * usual.start
    const isTime = await sleep(delay, true, { signal: ended.signal }).catch(() => false)
    if (isTime) child.process.kill('SIGKILL')
    const result = await end
    if (result.signal === null && share >= 0) usual.pass = performance.now() - begun
    return { end: result, wasKilled: result.signal === 'SIGKILL' }
  }
}

/** Only an ordinary pass over a site that stands still takes pages for what they were. */
const isOfStanding = (failpoint: string): boolean => failpoint.startsWith('visit-noted')

/** 1: the feed that is gone counts as a failure. */
function refuseOddEnd({ code, signal, stdout, stderr }: ChildEnd): void {
  if (code === 0 || code === 1) return
  throw new Error(`a job that nobody killed ended with ${code ?? signal}:\n${stdout}${stderr.slice(-4000)}`)
}
