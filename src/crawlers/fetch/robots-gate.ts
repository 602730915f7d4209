import { Failure } from '../../failure.ts'
import type { DoorAnswer } from './request.ts'
import { parseRetryAfter } from './retry-after.ts'
import { allowAll, parseRobots, type RobotsRules } from './robots.ts'

/** RFC 9309 §2.5 asks for 500 KiB at least; what lies behind the cap is not read. */
export const maxRobotsBytes = 512 * 1024

const day = 24 * 60 * 60 * 1000
/** So long a host that could not be asked is not asked again. */
const unreachableFor = 60 * 1000

export interface RobotsGateOptions {
  readonly productToken: string
  readonly clock: () => number
  /** Fetches a robots.txt, following up to five redirects, and cuts it at `maxRobotsBytes`. */
  readonly fetchRobots: (url: string, delayMs: number | undefined) => Promise<DoorAnswer>
}

interface Entry {
  readonly rules: Promise<RobotsRules | Failure>
  expiresAt: number
}

/** Asks each origin for its robots.txt once a day (RFC 9309 §2.4) and holds its rules in memory. */
export class RobotsGate {
  readonly #options: RobotsGateOptions
  readonly #entries = new Map<string, Entry>()

  constructor(options: RobotsGateOptions) {
    this.#options = options
  }

  /** The rules for the origin of this address. Rejects when they could not be read, which means no. */
  async rules(url: URL, delayMs?: number): Promise<RobotsRules> {
    const now = this.#options.clock()
    let entry = this.#entries.get(url.origin)
    if (entry === undefined || entry.expiresAt <= now) {
      entry = { rules: this.#read(url.origin, delayMs), expiresAt: Number.POSITIVE_INFINITY }
      this.#entries.set(url.origin, entry)
    }
    const rules = await entry.rules
    if (rules instanceof Failure) throw refusal(rules, url)
    return rules
  }

  /** Rejects with `robots_refused` unless the address may be fetched. */
  async check(url: URL, delayMs?: number): Promise<RobotsRules> {
    const rules = await this.rules(url, delayMs)
    if (rules.allows(url.href)) return rules
    throw new Failure('robots_refused', `robots.txt of ${url.host} refuses ${url.href}`, { url: url.href })
  }

  async #read(origin: string, delayMs: number | undefined): Promise<RobotsRules | Failure> {
    const rules = await this.#ask(`${origin}/robots.txt`, delayMs)
    const entry = this.#entries.get(origin)
    if (entry !== undefined) entry.expiresAt = this.#expiry(rules)
    return rules
  }

  #expiry(rules: RobotsRules | Failure): number {
    const now = this.#options.clock()
    if (!(rules instanceof Failure)) return now + day
    // Nothing was asked, so nothing is known: the host's own clock decides when to ask.
    if (rules.class === 'throttled') return now
    return now + unreachableFor
  }

  async #ask(url: string, delayMs: number | undefined): Promise<RobotsRules | Failure> {
    try {
      return rulesOfAnswer(await this.#options.fetchRobots(url, delayMs), this.#options.productToken)
    } catch (error) {
      if (error instanceof Failure) return error
      return new Failure('robots_unreachable', `${url} could not be fetched`, { url, cause: error })
    }
  }
}

/** RFC 9309 §2.3.1: rules from 2xx, none from 4xx, and a full stop for everything else; 429 counts as that. */
function rulesOfAnswer(answer: DoorAnswer, productToken: string): RobotsRules | Failure {
  const { status, requestedUrl: url } = answer
  if (status >= 200 && status < 300) return parseRobots(withoutCutLine(answer.body), productToken)
  if (status >= 400 && status < 500 && status !== 429) return allowAll
  const wait = parseRetryAfter(answer.headers['retry-after'], answer.fetchedAt.getTime())
  const retryAt = wait === null ? {} : { retryAt: new Date(answer.fetchedAt.getTime() + wait) }
  return new Failure('robots_unreachable', `${url} answered ${status}`, { url, status, ...retryAt })
}

function withoutCutLine(body: Uint8Array): Uint8Array {
  if (body.length < maxRobotsBytes) return body
  return body.subarray(0, Math.max(body.lastIndexOf(10), body.lastIndexOf(13)) + 1)
}

/**
 * A host that can't be reached at all keeps the class that says so, for the page would fail the same way; every other
 * reason becomes `robots_unreachable`.
 */
function refusal(cause: Failure, url: URL): Failure {
  const hostItself = cause.url !== null && URL.canParse(cause.url) && new URL(cause.url).host === url.host
  const ownClass = ['dns_error', 'tls_error', 'private_address'].includes(cause.class) && hostItself
  const details = {
    url: url.href,
    cause,
    ...(cause.retryAt === null ? {} : { retryAt: cause.retryAt }),
    ...(cause.status === null ? {} : { status: cause.status }),
  }
  if (ownClass || cause.class === 'throttled') return new Failure(cause.class, cause.message, details)
  return new Failure(
    'robots_unreachable',
    `robots.txt of ${url.host} could not be read: ${cause.message}`,
    details,
  )
}
