import type { Site } from '../../src/sites/site.ts'
import { nextSlot } from './slots.ts'
import { failpoint } from '../../src/failpoint.ts'

/** When a site is to run next, as the database keeps it for all schedulers. */
export interface KeptSlot {
  /** Expression and zone that the slot was worked out by. */
  readonly expression: string
  readonly nextRunAt: Date
}

/** The slots of all sites, shared by all schedulers. */
export interface SlotBook {
  readonly load: (site: Site) => Promise<KeptSlot | null>
  readonly save: (site: Site, slot: KeptSlot, ranAt: Date | null) => Promise<void>
}

/** How a pass ended. After the first three its slot is over; else it stays due. */
export interface SlotResult {
  readonly outcome: 'done' | 'partial' | 'failed' | 'interrupted' | 'held' | 'not_due' | 'queued'
}

export interface SchedulerMeans<Result extends SlotResult> {
  readonly now: () => Date
  readonly book: SlotBook
  /** One pass over the site. `isDue` is asked while no other process can crawl it. */
  readonly run: (site: Site, isDue: () => Promise<boolean>) => Promise<Result>
}

/**
 * Runs sites when their slots come. A slot stays due until a pass over its site has ended, and is only run by who holds
 * the site: so it fires once however many schedulers there are, slots that were missed or came meanwhile are run once
 * together, and the slot of a scheduler that was killed falls to another one.
 */
export class Scheduler<Result extends SlotResult> {
  readonly #means: SchedulerMeans<Result>
  readonly #running = new Map<string, Promise<Result>>()

  constructor(means: SchedulerMeans<Result>) {
    this.#means = means
  }

  get isIdle(): boolean {
    return this.#running.size === 0
  }

  /** Starts a pass over each site that is due and not running here. @returns the passes that it started. */
  async wake(sites: readonly Site[]): Promise<Promise<Result>[]> {
    const started: Promise<Result>[] = []
    for (const site of sites) {
      if (this.#running.has(site.id) || !(await this.#isDue(site))) continue
      const pass = this.#runSlot(site).finally(() => this.#running.delete(site.id))
      this.#running.set(site.id, pass)
      started.push(pass)
    }
    return started
  }

  /** The earliest slot of the sites. */
  async nextDue(sites: readonly Site[]): Promise<Date> {
    const slots = await Promise.all(sites.map((site) => this.#means.book.load(site)))
    const moments = slots.map((slot) => slot?.nextRunAt.getTime() ?? 0)
    return new Date(Math.min(...moments))
  }

  /** When the passes that are running have ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }

  /**
   * A site that was never scheduled runs at once. A slot of another expression gives way to the next one by today's, as
   * does one so far off that the clock must have been put back; clocks of schedulers may be apart by one slot.
   */
  async #isDue(site: Site): Promise<boolean> {
    const { book, now } = this.#means
    const slot = await book.load(site)
    if (slot === null) return true
    const next = slotAfter(site, now())
    const isSame = slot.expression === next.expression
    if (isSame && slot.nextRunAt <= nextSlot(site, next.nextRunAt)) return slot.nextRunAt <= now()
    await book.save(site, next, null)
    return false
  }

  async #runSlot(site: Site): Promise<Result> {
    const { book, now, run } = this.#means
    const result = await run(site, () => this.#isDue(site))
    failpoint('slot-run')
    if (endings.has(result.outcome)) await book.save(site, slotAfter(site, now()), now())
    failpoint('slot-saved')
    return result
  }
}

const endings: ReadonlySet<SlotResult['outcome']> = new Set(['done', 'partial', 'failed'])

const expressionOf = ({ schedule, scheduleZone }: Site): string => `${schedule} ${scheduleZone}`

const slotAfter = (site: Site, after: Date): KeptSlot => ({
  expression: expressionOf(site),
  nextRunAt: nextSlot(site, after),
})
