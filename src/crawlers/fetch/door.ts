import { Failure } from '../../failure.ts'
import type { HostBook } from '../../host-book.ts'
import { abortable } from './abortable.ts'
import { isLoopbackUrl, parseFetchUrl, refuseSpecialHost, type Resolver } from './address.ts'
import { isChallenge } from './failure-of-status.ts'
import { Pace } from './pace.ts'
import { isRedirect, redirected, type Hop } from './redirect.ts'
import {
  productTokenOf,
  requestHeaders,
  type DoorAnswer,
  type DoorRequest,
  type Identity,
} from './request.ts'
import { parseRetryAfter } from './retry-after.ts'
import { maxRobotsBytes, RobotsGate } from './robots-gate.ts'
import type { RobotsRules } from './robots.ts'
import { sleepUntilAborted, type Sleep } from './sleep.ts'
import { Transport, type Exchange, type ExchangeRequest } from './transport.ts'

export interface DoorOptions extends Identity {
  readonly allowPrivateNetwork: boolean
  /** Cap on decoded octets of one body. */
  readonly maxBytes?: number
  readonly headersTimeoutMs?: number
  readonly totalTimeoutMs?: number
  readonly maxRedirects?: number
  /** The gap after an answer is at least so many times what the answer took. */
  readonly responseTimeMultiple?: number
  /** No host is asked more often than this, whatever its site says. */
  readonly minimumDelayMs?: number
  readonly retryAfterCapMs?: number
  /** A host that asks for a longer wait is not waited for: its requests fail with `throttled`. */
  readonly maxWaitMs?: number
  readonly clock?: () => number
  readonly sleep?: Sleep
  readonly lookup?: Resolver
  /** Asked before each paced request leaves, and told when a host asks to be left alone. */
  readonly hostBook?: HostBook
}

export interface DoorStats {
  readonly requests: number
  readonly wireBytes: number
  readonly notModified: number
}

interface Limits {
  readonly maxRedirects: number
  readonly maxBytes: number
  readonly atCap: 'fail' | 'cut'
}

const defaults = { maxBytes: 10 * 1024 * 1024, maxRedirects: 10, retryAfterCapMs: 24 * 60 * 60 * 1000 }
/** For public hosts whose site names no delay. */
const usualDelay = 1000
const maxCrawlDelay = 60 * 1000
/** How long a host is left alone that takes us for what it keeps out. */
const challengedMs = 60 * 60 * 1000
/** RFC 9309 §2.3.1.2. */
const maxRobotsRedirects = 5
/** Failures that tell of the host's health, not of one page. */
const hostFailures: ReadonlySet<string> = new Set([
  'timeout',
  'connection',
  'dns_error',
  'tls_error',
  'truncated',
])

/** Milliseconds since the epoch that never jump, unlike the wall clock. */
const steadyClock = (): number => performance.timeOrigin + performance.now()

/**
 * The one way to the network. Every request, and every hop of a redirect, passes the address check, the robots.txt of
 * its host and the pace of its host, in this order; every body has a size cap and every exchange its deadlines.
 */
export class Door {
  readonly #options: DoorOptions
  readonly #transport: Transport
  readonly #pace: Pace
  readonly #robots: RobotsGate
  #requests = 0
  #wireBytes = 0
  #notModified = 0

  /** Throws a RangeError when the user agent does not begin with a product token. */
  constructor(options: DoorOptions) {
    const productToken = productTokenOf(options.userAgent)
    if (productToken === null) throw new RangeError(`"${options.userAgent}" begins with no product token`)
    const clock = options.clock ?? steadyClock
    this.#options = options
    this.#transport = new Transport({
      ...options,
      headersTimeoutMs: options.headersTimeoutMs ?? 10_000,
      totalTimeoutMs: options.totalTimeoutMs ?? 60_000,
    })
    this.#pace = new Pace({
      clock,
      sleep: options.sleep ?? sleepUntilAborted,
      responseTimeMultiple: options.responseTimeMultiple ?? 1,
      maxWaitMs: options.maxWaitMs ?? 30_000,
      book: options.hostBook ?? null,
    })
    const fetchRobots = (url: string, delayMs: number | undefined): Promise<DoorAnswer> =>
      this.#follow(
        { url, purpose: 'robots', skipRobots: true, ...(delayMs === undefined ? {} : { delayMs }) },
        { maxRedirects: maxRobotsRedirects, maxBytes: maxRobotsBytes, atCap: 'cut' },
      )
    this.#robots = new RobotsGate({ productToken, clock, fetchRobots })
  }

  /**
   * Resolves for any HTTP status (see `failureOfStatus`). Rejects with a `Failure` for everything that kept the answer
   * from being read whole, or from being asked for; and with the reason of the request's own signal.
   */
  async fetch(request: DoorRequest): Promise<DoorAnswer> {
    request.signal?.throwIfAborted()
    return await this.#follow(request, {
      maxRedirects: this.#options.maxRedirects ?? defaults.maxRedirects,
      maxBytes: request.maxBytes ?? this.#options.maxBytes ?? defaults.maxBytes,
      atCap: 'fail',
    })
  }

  /**
   * The rules of this address's host. Rejects when they could not be read, which means no.
   * @param delayMs milliseconds between requests that the host agreed to, for when they are to be asked for.
   */
  async robots(url: string, delayMs?: number): Promise<RobotsRules> {
    return await this.#robots.rules(this.#checkedUrl(url), delayMs)
  }

  /** Asks nothing of this address's host for an hour, in other processes neither: it takes us for what it keeps out. */
  async leaveAlone(url: string): Promise<void> {
    await this.#pace.holdBack(this.#checkedUrl(url).host, challengedMs)
  }

  stats(): DoorStats {
    return { requests: this.#requests, wireBytes: this.#wireBytes, notModified: this.#notModified }
  }

  /** Ends every open exchange and rejects whoever waits. */
  async close(): Promise<void> {
    this.#pace.close()
    await this.#transport.close()
  }

  async #follow(request: DoorRequest, limits: Limits): Promise<DoorAnswer> {
    let url = this.#checkedUrl(request.url)
    const requestedUrl = url.href
    const redirects: string[] = []
    let hop: Hop = {
      method: request.method ?? 'GET',
      headers: requestHeaders(request, this.#options),
      body: request.body ?? null,
    }
    for (;;) {
      const { maxBytes, atCap } = limits
      const signal = request.signal === undefined ? {} : { signal: request.signal }
      const connections = isOwnHost(url, request) ? (request.connections ?? 1) : 1
      const exchange = await this.#visit({ url, ...hop, maxBytes, atCap, connections, ...signal }, request)
      const next = this.#redirectOf(exchange, url)
      const route = { url: url.href, requestedUrl, redirects }
      if (next === null) return this.#answer(exchange, route, hop.headers)
      redirects.push(url.href)
      const nextHop = redirected(hop, exchange.status, url, next)
      // A POST may be sent on to its own address, to be read by GET.
      const isLoop = redirects.includes(next.href) && nextHop.method === hop.method
      if (isLoop || redirects.length > limits.maxRedirects) {
        throw new Failure('redirect_loop', `${requestedUrl} redirects without end`, { url: requestedUrl })
      }
      hop = nextHop
      url = next
    }
  }

  /** One exchange, when robots.txt and the pace of its host let it through. */
  async #visit(exchange: ExchangeRequest, request: DoorRequest): Promise<Exchange> {
    const { url, signal, connections: atOnce } = exchange
    const { host } = url
    let crawlDelay = 0
    if (request.skipRobots !== true) {
      const rules = await abortable(this.#robots.check(url, request.delayMs), signal)
      crawlDelay = Math.min((rules.crawlDelaySeconds ?? 0) * 1000, maxCrawlDelay)
    }
    const gapMs = Math.max(this.#ownDelay(url, request), crawlDelay)
    const visit = { host, url: url.href, gapMs, atOnce, ...(signal === undefined ? {} : { signal }) }
    return await this.#pace.run(visit, async () => {
      this.#requests += 1
      try {
        const answer = await this.#transport.exchange(exchange)
        this.#wireBytes += answer.wireBytes
        await this.#heed(host, answer)
        return answer
      } catch (error) {
        if (error instanceof Failure && hostFailures.has(error.class)) await this.#pace.record(host, false)
        throw error
      }
    })
  }

  /** Retry-After holds for the whole host; a host that only fails is asked less and less. */
  async #heed(host: string, { status, headers }: Exchange): Promise<void> {
    if (isChallenge(headers)) return this.#pace.holdBack(host, challengedMs)
    const cap = this.#options.retryAfterCapMs ?? defaults.retryAfterCapMs
    const wait = parseRetryAfter(headers['retry-after'], this.#now(), cap)
    if (status === 429 || (status === 503 && wait !== null)) await this.#pace.holdBack(host, wait)
    else await this.#pace.record(host, status < 500)
  }

  #ownDelay(url: URL, request: DoorRequest): number {
    const usual = isLoopbackUrl(url) ? 0 : usualDelay
    const asked = isOwnHost(url, request) ? (request.delayMs ?? usual) : Math.max(request.delayMs ?? 0, usual)
    return Math.max(asked, this.#options.minimumDelayMs ?? 0)
  }

  #redirectOf({ status, headers }: Exchange, from: URL): URL | null {
    const location = headers['location']
    if (!isRedirect(status) || location === undefined) return null
    // Header octets come as latin1; addresses in them are meant as UTF-8.
    return this.#checkedUrl(Buffer.from(location, 'latin1').toString('utf8'), from)
  }

  #checkedUrl(raw: string, base?: URL): URL {
    const url = parseFetchUrl(raw, base)
    if (!this.#options.allowPrivateNetwork) refuseSpecialHost(url)
    return url
  }

  #answer(
    { status, headers, body, gzip, wireBytes }: Exchange,
    route: Pick<DoorAnswer, 'url' | 'requestedUrl' | 'redirects'>,
    sent: Readonly<Record<string, string>>,
  ): DoorAnswer {
    const conditional = 'if-none-match' in sent || 'if-modified-since' in sent
    const notModified = status === 304 && conditional
    if (notModified) this.#notModified += 1
    return { status, headers, body, gzip, notModified, wireBytes, fetchedAt: new Date(this.#now()), ...route }
  }

  #now(): number {
    return this.#options.clock?.() ?? Date.now()
  }
}

/** What a site says of its own host holds neither for a comment system's nor for one that a redirect leads to. */
function isOwnHost({ host }: URL, { url, agreedHost }: DoorRequest): boolean {
  return host === (agreedHost ?? new URL(url).host) && host === new URL(url).host
}
