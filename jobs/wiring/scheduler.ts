import type { SiteOutcome } from '../../src/report/site-report.ts'
import type { Site } from '../../src/sites/site.ts'
import { nextSlot } from './slots.ts'
import { failpoint } from '../../src/failpoint.ts'

/** When a site is to run next, as the database keeps it for all schedulers. */
export interface KeptSlot {
  /** Expression and zone that the slot was worked out by. */
  readonly expression: string
  readonly nextRunAt: Date
  /** Passes in a row, the last one included, that were refused or could hardly read anything. */
  readonly unwellPasses: number
}

/** The slots of all sites, shared by all schedulers. */
export interface SlotBook {
  readonly load: (site: Site) => Promise<KeptSlot | null>
  readonly save: (site: Site, slot: KeptSlot, ranAt: Date | null) => Promise<void>
}

/** How a pass ended. When it is done, partial or failed its slot is over; else it stays due. */
export interface SlotResult {
  readonly outcome: SiteOutcome
  /** The site refused us, or hardly anything of it could be read. */
  readonly isUnwell?: boolean
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
 * together, and the slot of a scheduler that was killed falls to another one. A site that refuses us or can't be read is
 * visited ever more rarely, once a day at last, until a pass is good again.
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
    const next = slotAfter(site, now(), 0)
    const isSame = slot.expression === next.expression
    const farthest = slot.unwellPasses > 1 ? now().getTime() + DAY_MS : 0
    const isNear = slot.nextRunAt <= nextSlot(site, next.nextRunAt) || slot.nextRunAt.getTime() <= farthest
    if (isSame && isNear) return slot.nextRunAt <= now()
    await book.save(site, next, null)
    return false
  }

  async #runSlot(site: Site): Promise<Result> {
    const { book, now, run } = this.#means
    const result = await run(site, () => this.#isDue(site))
    failpoint('slot-run')
    if (endings.has(result.outcome)) {
      const former = result.isUnwell === true ? ((await book.load(site))?.unwellPasses ?? 0) : -1
      await book.save(site, slotAfter(site, now(), former + 1), now())
    }
    failpoint('slot-saved')
    return result
  }
}

const endings: ReadonlySet<SlotResult['outcome']> = new Set(['done', 'partial', 'failed'])

const expressionOf = ({ schedule, scheduleZone }: Site): string => `${schedule} ${scheduleZone}`

const DAY_MS = 86_400_000

/** The next slot, or a later one after passes that were no good: after each of them it is twice as far. */
function slotAfter(site: Site, after: Date, unwellPasses: number): KeptSlot {
  const nextRunAt = nextSlot(site, new Date(after.getTime() + easing(site, after, unwellPasses)))
  return { expression: expressionOf(site), nextRunAt, unwellPasses }
}

/** Milliseconds that are let pass before the next slot. */
function easing(site: Site, after: Date, unwellPasses: number): number {
  if (unwellPasses < 2) return 0
  const next = nextSlot(site, after)
  const gap = nextSlot(site, next).getTime() - next.getTime()
  return Math.min(gap * (2 ** (unwellPasses - 1) - 1), Math.max(0, DAY_MS - gap))
}
