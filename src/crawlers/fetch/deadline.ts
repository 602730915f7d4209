import { Failure } from '../../failure.ts'

export interface DeadlineLimits {
  readonly headersTimeoutMs: number
  readonly totalTimeoutMs: number
}

const stallWindow = 20 * 1000
const stallBytes = 20 * 1024

/**
 * Ends one exchange that takes too long: to its headers, in all, or at under 1 KiB/s for twenty seconds. `clear` must
 * be called when the exchange is over, for a forgotten timer keeps everything that the exchange held.
 */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #url: string
  readonly #caller: AbortSignal | undefined
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #headersTimer: NodeJS.Timeout
  #windowBytes = 0

  constructor(url: string, limits: DeadlineLimits, caller?: AbortSignal) {
    this.#url = url
    this.#caller = caller
    caller?.addEventListener('abort', this.#onCallerAbort, { once: true })
    if (caller?.aborted === true) this.#onCallerAbort()
    this.#headersTimer = this.#after(limits.headersTimeoutMs, 'no answer')
    this.#after(limits.totalTimeoutMs, 'no complete answer')
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  headersArrived(): void {
    clearTimeout(this.#headersTimer)
    const watch = setInterval(() => {
      if (this.#windowBytes < stallBytes) this.#expire(`under 1 KiB/s for ${stallWindow / 1000} s`)
      this.#windowBytes = 0
    }, stallWindow)
    this.#timers.add(watch)
  }

  bytesArrived(count: number): void {
    this.#windowBytes += count
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#caller?.removeEventListener('abort', this.#onCallerAbort)
  }

  #after(milliseconds: number, what: string): NodeJS.Timeout {
    const timer = setTimeout(() => this.#expire(`${what} within ${milliseconds / 1000} s`), milliseconds)
    this.#timers.add(timer)
    return timer
  }

  #expire(what: string): void {
    this.#controller.abort(new Failure('timeout', `${this.#url}: ${what}`, { url: this.#url }))
  }

  readonly #onCallerAbort = (): void => this.#controller.abort(this.#caller?.reason)
}
