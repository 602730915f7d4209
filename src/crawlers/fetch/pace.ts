import { Failure } from '../../failure.ts'
import { HostGate, type HostGateOptions, type HostState, type Visit } from './host-gate.ts'

/** A day is the furthest that a stored or asked-for moment may lie ahead. */
const day = 24 * 60 * 60 * 1000

/**
 * Spaces the requests to each host, first come first served. The caller is told of a host's next moment before the
 * request leaves, so that what it stores holds even if the process dies within the request.
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
    await gate.enter(visit)
    const startedAt = this.#options.clock()
    try {
      visit.signal?.throwIfAborted()
      return await request()
    } finally {
      gate.leave(visit.gapMs, this.#options.clock() - startedAt)
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

  /** Takes up states that were stored by an earlier process. Moments over a day ahead are cut to a day. */
  restore(states: Iterable<HostState>): void {
    const latest = this.#options.clock() + day
    for (const { host, nextAllowedAt, retryAfterUntil } of states) {
      this.#gate(host).restore(
        Math.min(nextAllowedAt?.getTime() ?? 0, latest),
        Math.min(retryAfterUntil?.getTime() ?? 0, latest),
      )
    }
  }

  /** Rejects everyone who still waits. */
  close(): void {
    for (const gate of this.#gates.values())
      gate.close(new Failure('connection', 'the crawl is being stopped'))
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
