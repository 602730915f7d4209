import { Readable } from 'node:stream'
import {
  Request,
  type BaseHttpClient,
  type BaseHttpResponseData,
  type HttpRequest,
  type HttpResponse,
  type ResponseTypes,
  type StreamingHttpResponse,
} from '@crawlee/core'
import type { HttpCrawlerOptions, HttpCrawlingContext } from '@crawlee/http'
import { z } from 'zod'
import type { Door } from './door.ts'
import type { DoorAnswer } from './request.ts'

/** What a queued request may say about its fetch, as `userData.fetch`. Without it the page is an article. */
const fetchWish = z.object({
  purpose: z.enum(['article', 'comments', 'feed', 'sitemap', 'listing']),
  etag: z.string().nullable().default(null),
  lastModified: z.string().nullable().default(null),
  accept: z.string().exactOptional(),
  delayMs: z.number().nonnegative().exactOptional(),
  agreedHost: z.string().exactOptional(),
  connections: z.int().positive().exactOptional(),
  maxBytes: z.number().positive().exactOptional(),
})

/** Waiting for a host's turn counts as navigation, and a polite crawl waits long. */
const navigationTimeoutSecs = 24 * 60 * 60
const responseTypes: readonly (keyof ResponseTypes)[] = ['text', 'buffer', 'json']
const shownType = 'application/octet-stream'
/** Crawlee makes errors of its own from these unless told not to; the handler judges by the answer. */
const serverErrors = Array.from({ length: 100 }, (_, index) => 500 + index)

/**
 * Lets Crawlee fetch through the door. Crawlee is shown plain octets, and none of them, so that it neither refuses,
 * copies nor re-encodes the body; the handler takes the true answer with `take(context.request)`. A `Failure` of the door
 * reaches `failedRequestHandler` as it is.
 */
export class DoorClient implements BaseHttpClient {
  readonly #door: Pick<Door, 'fetch'>
  readonly #signal: AbortSignal | null
  readonly #answers = new WeakMap<Request, DoorAnswer>()

  /** @param signal ends waiting and fetching at once; the pages in hand go on. */
  constructor(door: Pick<Door, 'fetch'>, signal: AbortSignal | null = null) {
    this.#door = door
    this.#signal = signal
  }

  /** The answer to a request that is being handled. It can be taken once, so that no body outlives its handler. */
  take(request: Request): DoorAnswer {
    const answer = this.#answers.get(request)
    if (answer === undefined) throw new Error(`${request.url} has no answer, or it was taken already`)
    this.#answers.delete(request)
    return answer
  }

  /** Options for an `HttpCrawler` that fetches through this client and leaves retries, sessions and robots to us. */
  crawlerOptions(concurrency: number): HttpCrawlerOptions<HttpCrawlingContext> {
    return {
      httpClient: this,
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      autoscaledPoolOptions: { desiredConcurrency: concurrency },
      useSessionPool: false,
      maxRequestRetries: 0,
      navigationTimeoutSecs,
      additionalMimeTypes: [shownType],
      ignoreHttpErrorStatusCodes: serverErrors,
      preNavigationHooks: [
        ({ request }, options) => {
          options.context = { queued: request }
        },
      ],
    }
  }

  async sendRequest<Type extends keyof ResponseTypes = 'text'>(
    request: HttpRequest<Type>,
  ): Promise<HttpResponse<Type>> {
    const answer = await this.#fetch(request, null)
    const octets = Buffer.from(answer.body)
    const read: { [Kind in keyof ResponseTypes]: () => ResponseTypes[Kind] } = {
      text: () => octets.toString('utf8'),
      buffer: () => octets,
      json: () => JSON.parse(octets.toString('utf8')),
    }
    const asked = request.responseType ?? 'text'
    const type = responseTypes.find((known): known is Type => known === asked)
    if (type === undefined) throw new TypeError(`there is no response type ${asked}`)
    return { ...responseData(answer), request, body: read[type]() }
  }

  async stream(request: HttpRequest): Promise<StreamingHttpResponse> {
    const queued = queuedRequestOf(request)
    const answer = await this.#fetch(request, queued)
    if (queued !== null) this.#answers.set(queued, answer)
    return {
      ...responseData(answer),
      request,
      stream: Readable.from([], { objectMode: false }),
      downloadProgress: { percent: 1, transferred: answer.body.length, total: answer.body.length },
      uploadProgress: { percent: 1, transferred: 0 },
    }
  }

  async #fetch(request: HttpRequest<keyof ResponseTypes>, queued: Request | null): Promise<DoorAnswer> {
    const wish = fetchWish.parse(queued?.userData['fetch'] ?? { purpose: 'article' })
    const signal = request.signal ?? this.#signal
    return await this.#door.fetch({
      ...wish,
      url: String(request.url),
      method: request.method?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      headers: plainHeaders(request.headers ?? {}),
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
      ...(signal === null ? {} : { signal }),
    })
  }
}

function queuedRequestOf(request: HttpRequest): Request | null {
  const context = request['context']
  if (typeof context !== 'object' || context === null || !('queued' in context)) return null
  return context.queued instanceof Request ? context.queued : null
}

function responseData(answer: DoorAnswer): BaseHttpResponseData {
  return {
    url: answer.url,
    redirectUrls: answer.redirects.map((url) => new URL(url)),
    statusCode: answer.status,
    headers: { ...answer.headers, 'content-type': shownType },
    trailers: {},
    complete: true,
  }
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}
