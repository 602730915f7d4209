import { setTimeout as sleep } from 'node:timers/promises'
import { StoreUnavailable } from '../store.ts'
import { passingFault } from './passing-fault.ts'

/** Does work that is one transaction, once or more often. */
export type Attempt = <Result>(work: () => Promise<Result>) => Promise<Result>

export interface Patience {
  /** Aborted: nobody waits any longer. */
  readonly signal: AbortSignal
  /** Told when the database can't be used for now, and when it says another reason. */
  readonly onWait?: (reason: string) => void
  /** Milliseconds that a database which is away is waited for; five minutes when left out. */
  readonly longestWaitMs?: number
  /** Milliseconds that never jump. */
  readonly clock?: () => number
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** A restart takes seconds, a failover a minute or two. */
const LONGEST_WAIT = 5 * 60_000
const CONFLICTS = 5
const SHORTEST_NAP = 50
const LONGEST_NAP = 5000

/**
 * Does a transaction again, as a whole, when it stood in another's way (five times at most), or when the database went
 * away or takes no writes for now (for five minutes). Whether one went through whose answer was lost can't be known,
 * so doing it twice must come to the same.
 * @throws StoreUnavailable when the wait was too long or is broken off by the signal, or the disk is full.
 */
export async function patiently<Result>(work: () => Promise<Result>, patience: Patience): Promise<Result> {
  const faults = new Faults(patience)
  for (;;) {
    try {
      return await work()
    } catch (error) {
      await faults.sitOut(error)
    }
  }
}

/** What went wrong so far with one transaction. */
class Faults {
  readonly #patience: Patience
  readonly #clock: () => number
  readonly #started: number
  #conflicts = 0
  #waits = 0
  #told: string | null = null

  constructor(patience: Patience) {
    this.#patience = patience
    this.#clock = patience.clock ?? (() => performance.now())
    this.#started = this.#clock()
  }

  /** Returns when the transaction may be done again; throws when it may not. */
  async sitOut(error: unknown): Promise<void> {
    const fault = passingFault(error)
    if (fault === null || (fault === 'conflict' && this.#conflicts++ === CONFLICTS)) throw error
    if (fault === 'full') {
      throw new StoreUnavailable(`the disk of the database is full (${reasonOf(error)}); make room`, {
        cause: error,
      })
    }
    if (fault === 'unavailable') this.#countWait(error)
    const milliseconds = napMs(this.#conflicts + this.#waits)
    await (this.#patience.sleep ?? nap)(milliseconds, this.#patience.signal)
  }

  #countWait(error: unknown): void {
    const { longestWaitMs = LONGEST_WAIT } = this.#patience
    const isTooLong = this.#clock() - this.#started > longestWaitMs
    if (this.#patience.signal.aborted || isTooLong) {
      throw new StoreUnavailable(`the database can't be used (${reasonOf(error)}); see that it runs`, {
        cause: error,
      })
    }
    this.#waits++
    const reason = reasonOf(error)
    if (reason !== this.#told) this.#patience.onWait?.(reason)
    this.#told = reason
  }
}

/** Those who collided must not meet again. */
const napMs = (attempt: number): number =>
  Math.min(SHORTEST_NAP * 2 ** attempt, LONGEST_NAP) * (0.5 + Math.random() / 2)

async function nap(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal })
  } catch {
    // Woken by the signal: the work is tried a last time.
  }
}

function reasonOf(error: unknown): string {
  let said = error
  while (said instanceof Error && said.cause instanceof Error) said = said.cause
  return said instanceof Error ? said.message : String(said)
}
