import { Failure } from '../../failure.ts'
import type { HostBook } from '../../host-book.ts'
import type { Sleep } from './sleep.ts'

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

export interface HostGateOptions {
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly sleep: Sleep
  /** The gap after an answer is at least so many times what the answer took. */
  readonly responseTimeMultiple: number
  /** Longer waits that a host asks for are not sat out. */
  readonly maxWaitMs: number
  /** Shared with other processes; null: there are none. */
  readonly book: HostBook | null
}

/** The turn of a request that may leave; `ticket` is null where the turns are not shared. */
export interface Departure {
  readonly ticket: string | null
}

interface Waiter {
  readonly visit: Visit
  /** Of the turn that was given. */
  ticket: string | null
  readonly resolve: (departure: Departure) => void
  readonly reject: (reason: unknown) => void
}

/** Waits for hosts that fail or refuse without naming a time, in milliseconds. */
const backOffSteps = [30 * 1000, 60 * 60 * 1000, 24 * 60 * 60 * 1000]
const failuresBeforeBackOff = 5
/** A host that answers ever slower is given ever more time, up to this. */
const maxAdaptiveGap = 60 * 1000
/** The furthest that a stored moment may lie ahead. */
const day = 24 * 60 * 60 * 1000

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
  #known: Promise<void> | null = null
  #failuresInRow = 0
  #backOffs = 0

  constructor(host: string, options: HostGateOptions) {
    this.#host = host
    this.#options = options
  }

  /** Resolves when the request may leave; `leave` must follow. */
  async enter(visit: Visit): Promise<Departure> {
    visit.signal?.throwIfAborted()
    if (this.#options.book !== null) await (this.#known ??= this.#learn(this.#options.book))
    this.#refuseLongWait(visit.url)
    const free = this.#queue.length === 0 && this.#inFlight < visit.atOnce
    if (free && visit.gapMs === 0 && this.#waitMs(visit) <= 0) {
      this.#inFlight += 1
      return { ticket: null }
    }
    return this.#queued(visit)
  }

  async leave({ ticket }: Departure, gapMs: number, tookMs: number): Promise<void> {
    this.#inFlight -= 1
    this.#leftAt = this.#options.clock()
    const adaptive = Math.min(tookMs * this.#options.responseTimeMultiple, maxAdaptiveGap)
    const rest = Math.max(gapMs, adaptive)
    if (gapMs > 0) this.#nextAllowedAt = Math.max(this.#nextAllowedAt, this.#leftAt + rest)
    const told = ticket === null ? null : this.#options.book?.end(this.#host, ticket, rest)
    if (this.#queue.length > 0) void this.#pump()
    await told
  }

  /** Keeps the turn of a request that lasts. */
  async stay({ ticket }: Departure): Promise<void> {
    if (ticket !== null) await this.#options.book?.keep(this.#host, ticket)
  }

  async holdBack(waitMs: number | null): Promise<void> {
    const now = this.#options.clock()
    // Several requests that fail together are one step, not several.
    if (waitMs === null && this.#retryAfterUntil > now) return
    const step = backOffSteps[Math.min(this.#backOffs, backOffSteps.length - 1)] ?? 0
    if (waitMs === null) this.#backOffs += 1
    this.#retryAfterUntil = Math.max(this.#retryAfterUntil, now + (waitMs ?? step))
    this.#nap.abort()
    await this.#options.book?.holdBack(this.#host, waitMs ?? step)
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

  close(reason: Failure): void {
    for (const waiter of this.#queue.splice(0)) waiter.reject(reason)
    this.#nap.abort()
  }

  /** What an earlier process was told by the host. */
  async #learn(book: HostBook): Promise<void> {
    try {
      this.#heed(await book.holdBackMs(this.#host))
    } catch (error) {
      this.#known = null
      throw error
    }
  }

  #heed(holdBackMs: number): void {
    if (holdBackMs <= 0) return
    const until = this.#options.clock() + Math.min(holdBackMs, day)
    this.#retryAfterUntil = Math.max(this.#retryAfterUntil, until)
  }

  async #queued(visit: Visit): Promise<Departure> {
    const { signal } = visit
    let giveUp: (() => void) | null = null
    try {
      return await new Promise<Departure>((resolve, reject) => {
        const waiter: Waiter = { visit, ticket: null, resolve, reject }
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
        else if (await this.#hasTurn(first)) this.#depart(first)
      }
    } finally {
      this.#pumping = false
    }
  }

  #mayDepart(first: Waiter | undefined): first is Waiter {
    return first !== undefined && this.#inFlight < first.visit.atOnce
  }

  /** Asks for the host's turn where others may have it; when it is not given, says how long to wait. */
  async #hasTurn(waiter: Waiter): Promise<boolean> {
    const { book, clock } = this.#options
    const { gapMs, atOnce } = waiter.visit
    if (book === null || gapMs === 0) return true
    try {
      const turn = await book.take({ host: this.#host, gapMs, atOnce })
      if (!turn.isGiven) {
        this.#heed(turn.holdBackMs)
        this.#nextAllowedAt = Math.max(this.#nextAllowedAt, clock() + turn.waitMs)
        return false
      }
      waiter.ticket = turn.ticket
      // Who waited may have given up meanwhile, or the host may have asked for a pause.
      const isWanted = this.#queue.includes(waiter) && this.#waitMs(waiter.visit) <= 0
      if (!isWanted) await book.end(this.#host, turn.ticket, 0)
      return isWanted
    } catch (error) {
      // What can't be remembered is not sent: after a crash nobody would know that the host was asked.
      this.#forget(waiter, error)
      return false
    }
  }

  #depart(waiter: Waiter): void {
    this.#queue.splice(this.#queue.indexOf(waiter), 1)
    this.#inFlight += 1
    const { gapMs } = waiter.visit
    if (gapMs > 0) this.#nextAllowedAt = this.#options.clock() + gapMs
    waiter.resolve({ ticket: waiter.ticket })
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
}
