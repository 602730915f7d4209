import { Failure } from '../../failure.ts'

/** When a host may be asked again, in a shape that can be stored. */
export interface HostState {
  /** Host name, with the port unless it is the usual one: `URL.host`. */
  readonly host: string
  readonly nextAllowedAt: Date | null
  readonly retryAfterUntil: Date | null
}

/** One request that wants to leave. */
export interface Visit {
  readonly host: string
  readonly url: string
  /** Milliseconds to the answer before it, and from its own to the next request. 0: the host is not paced. */
  readonly gapMs: number
  /** Requests that may be in flight to the host, this one among them. */
  readonly atOnce: number
  readonly signal?: AbortSignal
}

/** Waits, or returns as soon as the signal is aborted. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

export interface HostGateOptions {
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly sleep: Sleep
  /** The gap after an answer is at least so many times what the answer took. */
  readonly responseTimeMultiple: number
  /** Longer waits that a host asks for are not sat out. */
  readonly maxWaitMs: number
  readonly onHostChange: ((state: HostState) => void | Promise<void>) | null
}

interface Waiter {
  readonly visit: Visit
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** Waits for hosts that fail or refuse without naming a time, in milliseconds. */
const backOffSteps = [30 * 1000, 60 * 60 * 1000, 24 * 60 * 60 * 1000]
const failuresBeforeBackOff = 5
/** A host that answers ever slower is given ever more time, up to this. */
const maxAdaptiveGap = 60 * 1000

/** The queue before one host. */
export class HostGate {
  readonly #host: string
  readonly #options: HostGateOptions
  readonly #queue: Waiter[] = []
  #inFlight = 0
  #pumping = false
  #nap = new AbortController()
  #nextAllowedAt = 0
  #leftAt = 0
  #retryAfterUntil = 0
  #failuresInRow = 0
  #backOffs = 0

  constructor(host: string, options: HostGateOptions) {
    this.#host = host
    this.#options = options
  }

  /** Resolves when the request may leave; `leave` must follow. */
  async enter(visit: Visit): Promise<void> {
    visit.signal?.throwIfAborted()
    this.#refuseLongWait(visit.url)
    const free = this.#queue.length === 0 && this.#inFlight < visit.atOnce
    if (free && visit.gapMs === 0 && this.#waitMs(visit) <= 0) {
      this.#inFlight += 1
      return
    }
    await this.#queued(visit)
  }

  leave(gapMs: number, tookMs: number): void {
    this.#inFlight -= 1
    this.#leftAt = this.#options.clock()
    if (gapMs > 0) {
      const adaptive = Math.min(tookMs * this.#options.responseTimeMultiple, maxAdaptiveGap)
      this.#nextAllowedAt = Math.max(this.#nextAllowedAt, this.#options.clock() + Math.max(gapMs, adaptive))
    }
    if (this.#queue.length > 0) void this.#pump()
  }

  async holdBack(waitMs: number | null): Promise<void> {
    const now = this.#options.clock()
    // Several requests that fail together are one step, not several.
    if (waitMs === null && this.#retryAfterUntil > now) return
    const step = backOffSteps[Math.min(this.#backOffs, backOffSteps.length - 1)] ?? 0
    if (waitMs === null) this.#backOffs += 1
    this.#retryAfterUntil = Math.max(this.#retryAfterUntil, now + (waitMs ?? step))
    this.#nap.abort()
    await this.#tellState()
  }

  async record(healthy: boolean): Promise<void> {
    if (healthy) {
      this.#failuresInRow = 0
      this.#backOffs = 0
      return
    }
    this.#failuresInRow += 1
    if (this.#failuresInRow >= failuresBeforeBackOff) await this.holdBack(null)
  }

  restore(nextAllowedAt: number, retryAfterUntil: number): void {
    this.#nextAllowedAt = Math.max(this.#nextAllowedAt, nextAllowedAt)
    this.#retryAfterUntil = Math.max(this.#retryAfterUntil, retryAfterUntil)
  }

  close(reason: Failure): void {
    for (const waiter of this.#queue.splice(0)) waiter.reject(reason)
    this.#nap.abort()
  }

  async #queued(visit: Visit): Promise<void> {
    const { signal } = visit
    let giveUp: (() => void) | null = null
    try {
      await new Promise<void>((resolve, reject) => {
        const waiter: Waiter = { visit, resolve, reject }
        giveUp = () => this.#forget(waiter, signal?.reason)
        signal?.addEventListener('abort', giveUp, { once: true })
        this.#queue.push(waiter)
        void this.#pump()
      })
    } finally {
      if (giveUp !== null) signal?.removeEventListener('abort', giveUp)
    }
  }

  #forget(waiter: Waiter, reason: unknown): void {
    const index = this.#queue.indexOf(waiter)
    if (index < 0) return
    this.#queue.splice(index, 1)
    waiter.reject(reason)
    if (this.#queue.length === 0) this.#nap.abort()
  }

  /** Lets waiters through one by one. There is one pump at a time, so that departures are spaced. */
  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    try {
      for (let first = this.#queue[0]; this.#mayDepart(first); first = this.#queue[0]) {
        if (this.#rejectLongWaits()) break
        const wait = this.#waitMs(first.visit)
        if (wait > 0) await this.#sleep(wait)
        else await this.#depart(this.#queue.shift())
      }
    } finally {
      this.#pumping = false
    }
  }

  #mayDepart(first: Waiter | undefined): first is Waiter {
    return first !== undefined && this.#inFlight < first.visit.atOnce
  }

  async #depart(waiter: Waiter | undefined): Promise<void> {
    if (waiter === undefined) return
    this.#inFlight += 1
    try {
      if (waiter.visit.gapMs > 0) {
        this.#nextAllowedAt = this.#options.clock() + waiter.visit.gapMs
        await this.#tellState()
      }
      waiter.resolve()
    } catch (error) {
      // What can't be remembered is not sent: after a crash nobody would know that the host was asked.
      this.#inFlight -= 1
      waiter.reject(error)
    }
  }

  async #sleep(wait: number): Promise<void> {
    this.#nap = new AbortController()
    await this.#options.sleep(wait, this.#nap.signal)
  }

  /** The answer before may have told of a longer distance than it was asked with: robots.txt does. */
  #waitMs({ gapMs }: Visit): number {
    const earliest = Math.max(this.#nextAllowedAt, this.#retryAfterUntil, this.#leftAt + gapMs)
    return earliest - this.#options.clock()
  }

  #rejectLongWaits(): boolean {
    if (!this.#isLongWait()) return false
    for (const waiter of this.#queue.splice(0)) waiter.reject(this.#throttled(waiter.visit.url))
    return true
  }

  #refuseLongWait(url: string): void {
    if (this.#isLongWait()) throw this.#throttled(url)
  }

  #isLongWait(): boolean {
    return this.#retryAfterUntil - this.#options.clock() > this.#options.maxWaitMs
  }

  #throttled(url: string): Failure {
    const retryAt = new Date(this.#retryAfterUntil)
    const message = `${this.#host} is to be left alone until ${retryAt.toISOString()}`
    return new Failure('throttled', message, { url, retryAt })
  }

  async #tellState(): Promise<void> {
    await this.#options.onHostChange?.({
      host: this.#host,
      nextAllowedAt: this.#nextAllowedAt > 0 ? new Date(this.#nextAllowedAt) : null,
      retryAfterUntil: this.#retryAfterUntil > 0 ? new Date(this.#retryAfterUntil) : null,
    })
  }
}

/** The sleep of production: leaves no timer behind. */
export async function sleepUntilAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.min(milliseconds, 2 ** 31 - 1))
    signal.addEventListener('abort', wake, { once: true })
  })
}
