import { Failure } from '../../failure.ts'
import { type Departure, HostGate, type HostGateOptions, type Visit } from './host-gate.ts'

/**
 * Spaces the requests to each host, first come first served; with a book also among all processes that share it.
 */
export class Pace {
  readonly #options: HostGateOptions
  readonly #gates = new Map<string, HostGate>()

  constructor(options: HostGateOptions) {
    this.#options = options
  }

  /**
   * Runs a request when its host's turn has come. Rejects with `throttled` when the host has asked for a longer wait
   * than `maxWaitMs`, and with the signal's reason when the caller gives up.
   */
  async run<T>(visit: Visit, request: () => Promise<T>): Promise<T> {
    const gate = this.#gate(visit.host)
    const departure = await gate.enter(visit)
    const startedAt = this.#options.clock()
    const staying = this.#stay(gate, departure)
    try {
      visit.signal?.throwIfAborted()
      return await request()
    } finally {
      clearInterval(staying)
      await gate.leave(departure, visit.gapMs, this.#options.clock() - startedAt)
    }
  }

  /** The host asked for this wait; null when it only refused, and each refusal in a row waits longer. */
  async holdBack(host: string, waitMs: number | null): Promise<void> {
    await this.#gate(host).holdBack(waitMs)
  }

  /** Counts what the host itself made of a request: after five failures in a row one probe per step is let through. */
  async record(host: string, healthy: boolean): Promise<void> {
    await this.#gate(host).record(healthy)
  }

  /** Rejects everyone who still waits. */
  close(): void {
    for (const gate of this.#gates.values())
      gate.close(new Failure('connection', 'the crawl is being stopped'))
  }

  #stay(gate: HostGate, departure: Departure): NodeJS.Timeout | undefined {
    const { book } = this.#options
    if (book === null || departure.ticket === null) return undefined
    const stay = (): void => void gate.stay(departure).catch(notKept)
    return setInterval(stay, (book.turnSeconds * 1000) / 2)
  }

  #gate(host: string): HostGate {
    let gate = this.#gates.get(host)
    if (gate === undefined) {
      gate = new HostGate(host, this.#options)
      this.#gates.set(host, gate)
    }
    return gate
  }
}

/** The turn runs out before its answer has come, if the store stays away: then nobody can take the next one either. */
const notKept = (): void => undefined
