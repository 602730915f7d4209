import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

/** One request as a site's code sees it. */
export interface Visit {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** The body of a POST, at most 64 KiB of it. */
  readonly body: string
  /** The server's own time, which words such as "today" on a page are relative to. */
  readonly at: Date
}

/** What a site answers. With `lastModified` set, the page gets validators and can be answered by 304. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
  readonly lastModified?: Date
}

export type Site = (visit: Visit) => Reply

/** `site` is the id of the demo site; `at` is in milliseconds since 1970. */
export interface RequestRecord {
  readonly at: number
  readonly site: string
  readonly host: string
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly status: number
  readonly userAgent: string
  /** Requests that the server was answering when this one came, this one among them. */
  readonly inFlight: number
}

export interface SiteServer {
  readonly origin: string
  /** Until a site is set, everything is answered by 503. */
  serve(site: Site): void
  close(): Promise<void>
}

interface ServerOptions {
  readonly id: string
  /** 0 takes any free port. */
  readonly port: number
  /** Compress for those who accept it. */
  readonly gzip: boolean
  readonly clock: () => Date
  /** Milliseconds that each answer takes. */
  readonly answerMs: number
  readonly log: (record: RequestRecord) => void
}

/** Opens a server on loopback. @throws Error `EADDRINUSE` when the port is taken. */
export async function openServer(options: ServerOptions): Promise<SiteServer> {
  let site: Site = () => reply(503, 'text/plain', 'not ready')
  let inFlight = 0
  const server = createServer((request, response) => {
    inFlight += 1
    response.on('close', () => (inFlight -= 1))
    answer(request, response, (visit) => site(visit), { ...options, inFlight }).catch((cause: unknown) => {
      // A fault of ours must not look like an empty page.
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(cause))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return {
    origin: `http://127.0.0.1:${port}`,
    serve: (next) => {
      site = next
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

export function reply(status: number, type: string, body: string | Buffer): Reply {
  return { status, headers: { 'content-type': type }, body }
}

export function html(body: string, lastModified?: Date): Reply {
  const answered = reply(200, 'text/html; charset=UTF-8', body)
  return lastModified ? { ...answered, lastModified } : answered
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Reply {
  const answered = reply(status, 'application/json; charset=UTF-8', JSON.stringify(value))
  return { ...answered, headers: { ...answered.headers, ...headers } }
}

export function redirect(location: string): Reply {
  return { status: 301, headers: { location }, body: '' }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  { id, gzip, clock, log, answerMs, inFlight }: ServerOptions & Pick<RequestRecord, 'inFlight'>,
): Promise<void> {
  const visit = await readVisit(request, clock())
  const checked = conditional(request, withValidators(site(visit)))
  const { status, headers, body } = gzip ? packed(request, checked) : checked
  const { host = '', 'user-agent': userAgent = '' } = request.headers
  const { at, method } = visit
  log({ at: at.getTime(), site: id, host, method, path: request.url ?? '/', status, userAgent, inFlight })
  if (answerMs > 0) await setTimeout(answerMs)
  const size = status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, ...size }).end(method === 'HEAD' ? null : body)
}

function conditional(request: IncomingMessage, given: Reply): Reply {
  const isKnown = given.status === 200 && isUnchanged(request, given)
  return isKnown ? { ...given, status: 304, body: '' } : given
}

function packed(request: IncomingMessage, given: Reply): Reply {
  const headers = { ...given.headers, vary: 'Accept-Encoding' }
  if (given.body.length <= 200 || !acceptsGzip(request)) return { ...given, headers }
  return { ...given, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(given.body) }
}

async function readVisit(request: IncomingMessage, at: Date): Promise<Visit> {
  const { pathname, searchParams } = new URL((request.url ?? '/').replace(/^\/+/, '/'), 'http://localhost')
  const body = await bodyOf(request)
  return { method: request.method ?? 'GET', path: decodePath(pathname), query: searchParams, body, at }
}

/** The tag is weak, because the same page goes out plain and compressed. */
function withValidators(given: Reply): Reply {
  if (!given.lastModified) return given
  const tag = createHash('sha1').update(given.body).digest('base64url').slice(0, 20)
  const headers = { ...given.headers, etag: `W/"${tag}"`, 'last-modified': given.lastModified.toUTCString() }
  return { ...given, headers }
}

/** RFC 9110, 13.2.2: the date is looked at only when no tag was sent. */
function isUnchanged({ headers, method }: IncomingMessage, { headers: own, lastModified }: Reply): boolean {
  if (!lastModified || (method !== 'GET' && method !== 'HEAD')) return false
  const tags = headers['if-none-match']
  if (tags !== undefined) {
    const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')
    return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(own['etag'] ?? ''))
  }
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return Number.isFinite(since) && Math.floor(lastModified.getTime() / 1_000) * 1_000 <= since
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  const accepted = (headers['accept-encoding'] ?? '').split(',')
  return accepted.some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)|$)/i.test(coding))
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not valid UTF-8 after decoding: no page has such an address, and the raw form finds none.
    return path
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= 65_536) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
