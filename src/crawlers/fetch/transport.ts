import { lookup } from 'node:dns/promises'
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Agent, buildConnector } from 'undici'
import { Failure } from '../../failure.ts'
import { guardedLookup, isSpecialAddress, privateAnswer, type Resolver } from './address.ts'
import { Deadline, type DeadlineLimits } from './deadline.ts'
import { readBody } from './decode-body.ts'
import { isRedirect, type Hop } from './redirect.ts'
import { isClosedSocket, transportFailure } from './transport-failure.ts'
import { failpoint } from '../../failpoint.ts'

export interface TransportOptions extends DeadlineLimits {
  readonly allowPrivateNetwork: boolean
  readonly lookup?: Resolver
}

/** One request to one address: no redirects, no robots, no pace. */
export interface ExchangeRequest extends Hop {
  readonly url: URL
  readonly maxBytes: number
  readonly atCap: 'fail' | 'cut'
  /** Sockets that may be open to the origin. */
  readonly connections: number
  readonly signal?: AbortSignal
}

export interface Exchange {
  readonly status: number
  /** Names in lower case; repeated fields joined by a comma, those of X-Robots-Tag by a line break. */
  readonly headers: Record<string, string>
  /** Decoded; empty for redirects and for answers that have none. */
  readonly body: Uint8Array
  /** The body as it came, where that is a short gzip. */
  readonly gzip: Uint8Array | null
  readonly wireBytes: number
}

const maxHeaderSize = 64 * 1024
const nothing = new Uint8Array(0)

/** Opens the sockets. Every address is checked as it is dialled, and every exchange has its deadlines. */
export class Transport {
  /** By the number of sockets that each opens to an origin: an agent has one number for all. */
  readonly #agents = new Map<number, Agent>()
  readonly #options: TransportOptions
  /** Sockets opened so far by origin: tells a request on a new one from a request on a kept one. */
  readonly #opened = new Map<string, number>()
  /** Sockets by origin that ended in an error. */
  readonly #broken = new Map<string, number>()

  constructor(options: TransportOptions) {
    this.#options = options
  }

  /** Rejects with a `Failure`, or with the reason of the caller's signal. */
  async exchange(request: ExchangeRequest): Promise<Exchange> {
    const openedBefore = this.#openedTo(request.url)
    try {
      return await this.#once(request)
    } catch (error) {
      request.signal?.throwIfAborted()
      // The server closed a kept socket just as we wrote to it: it has not seen the request.
      const staleSocket = error instanceof ClosedBeforeHeaders && this.#openedTo(request.url) === openedBefore
      if (request.method !== 'GET' || !staleSocket) throw unwrapped(error)
    }
    try {
      return await this.#once(request)
    } catch (error) {
      request.signal?.throwIfAborted()
      throw unwrapped(error)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()))
  }

  async #once(request: ExchangeRequest): Promise<Exchange> {
    const { href, origin, pathname, search } = request.url
    const deadline = new Deadline(href, this.#options, request.signal)
    const brokenBefore = this.#broken.get(origin) ?? 0
    let inBody = false
    let wireBytes = 0
    const count = (bytes: number): void => {
      wireBytes += bytes
      deadline.bytesArrived(bytes)
    }
    try {
      const { method, body, signal } = { ...request, signal: deadline.signal }
      failpoint('request-leaving')
      const answer = await this.#agent(request.connections).request({
        origin,
        path: pathname + search,
        method,
        headers: request.headers,
        body,
        signal,
      })
      inBody = true
      deadline.headersArrived()
      failpoint('headers-read')
      const headers = plainHeaders(answer.headers)
      const status = answer.statusCode
      if (isRedirect(status)) {
        // Read to its end if it is short, so that the socket can be kept.
        await answer.body.dump({ limit: maxHeaderSize, signal })
        return { status, headers, body: nothing, gzip: null, wireBytes }
      }
      try {
        const contentEncoding = headers['content-encoding'] ?? null
        const { maxBytes, atCap } = request
        const options = { url: href, contentEncoding, maxBytes, atCap, onWireBytes: count }
        const decoded = await readBody(answer.body, options)
        failpoint('body-read')
        // Undici takes a reset for the end of a body that only the end of its connection ends (RFC 9112 §8).
        if (endsWithConnection(headers) && (this.#broken.get(origin) ?? 0) > brokenBefore) {
          throw new Failure('truncated', `the body of ${href} ends early`, { url: href })
        }
        return { status, headers, ...decoded, wireBytes }
      } finally {
        letGo(answer.body)
      }
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason
      const failure = transportFailure(error, href, inBody)
      throw !inBody && isClosedSocket(error) ? new ClosedBeforeHeaders(failure) : failure
    } finally {
      deadline.clear()
    }
  }

  #agent(connections: number): Agent {
    const held = this.#agents.get(connections)
    if (held !== undefined) return held
    const agent = new Agent({
      connect: this.#connector(this.#options),
      connections,
      maxHeaderSize,
      // The deadlines of each exchange stand in for these.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    this.#agents.set(connections, agent)
    return agent
  }

  #connector(options: TransportOptions): buildConnector.connector {
    const { allowPrivateNetwork } = options
    const resolve = options.lookup ?? systemLookup
    const connect = buildConnector({
      lookup: guardedLookup(resolve, allowPrivateNetwork),
      timeout: options.headersTimeoutMs,
    })
    return (target, callback) => {
      connect(target, (error, socket) => {
        if (error !== null) {
          callback(error, null)
          return
        }
        const address = socket.remoteAddress ?? ''
        if (!allowPrivateNetwork && isSpecialAddress(address)) {
          socket.destroy()
          callback(privateAnswer(target.hostname, address), null)
          return
        }
        const origin = `${target.protocol}//${target.host ?? target.hostname}`
        this.#opened.set(origin, (this.#opened.get(origin) ?? 0) + 1)
        socket.once('error', (broken: NodeJS.ErrnoException) => {
          // Undici ends a socket that the other side has closed in order with an error of its own.
          if (broken.syscall !== undefined) this.#broken.set(origin, (this.#broken.get(origin) ?? 0) + 1)
        })
        callback(null, socket)
      })
    }
  }

  #openedTo(url: URL): number {
    return this.#opened.get(url.origin) ?? 0
  }
}

/** Marks a failure after which a request may be sent once more, when its socket was an old one. */
class ClosedBeforeHeaders extends Error {
  readonly failure: Error

  constructor(failure: Error) {
    super(failure.message, { cause: failure })
    this.failure = failure
  }
}

function unwrapped(error: unknown): unknown {
  return error instanceof ClosedBeforeHeaders ? error.failure : error
}

/** What nobody began to read tells of its end by an error, which would end the process if nobody listened. */
function letGo(body: Readable): void {
  body.on('error', () => undefined)
  body.destroy()
}

/** Neither a length nor chunks say where the body ends. */
function endsWithConnection(headers: Readonly<Record<string, string>>): boolean {
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
}

/** A field of X-Robots-Tag may be for one crawler alone, and the next one for all. */
function separatorOf(name: string): string {
  return name.toLowerCase() === 'x-robots-tag' ? '\n' : ', '
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      plain[name.toLowerCase()] = Array.isArray(value) ? value.join(separatorOf(name)) : value
  }
  return plain
}

async function systemLookup(hostname: string): Promise<string[]> {
  const answers = await lookup(hostname, { all: true })
  return answers.map(({ address }) => address)
}
