import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { composeArticles } from './compose-site.ts'
import { renderArticle } from './render-page.ts'

/** What the server has answered since it was last asked. */
export interface ServerCounts {
  readonly requests: number
  readonly notModified: number
  /** Octets written to sockets, header fields included. */
  readonly bytes: number
}

export type ServerMessage =
  | {
      readonly kind: 'ready'
      readonly origin: string
      readonly averagePage: number
      readonly averageGzip: number
    }
  | ({ readonly kind: 'counts' } & ServerCounts)

interface Resource {
  readonly type: string
  readonly etag: string
  readonly plain: Buffer
  readonly gzip: Buffer
}

/*
 * The site that is crawled, a process of its own: all answers are made at the start and held in memory, so that a
 * contender waits for nothing but itself. Started by fork with the number of articles; asked for counts by message.
 */
const articles = composeArticles(Number(process.argv[2] ?? 2000))
const resources = new Map<string, Resource>()
const sockets = new Set<Socket>()
let closedBytes = 0
let countedBytes = 0
let requests = 0
let notModified = 0

const server = createServer({ keepAliveTimeout: 60_000 }, answer)
server.on('connection', (socket) => {
  sockets.add(socket)
  socket.once('close', () => {
    sockets.delete(socket)
    closedBytes += socket.bytesWritten
  })
})
process.on('message', () => report({ kind: 'counts', ...takeCounts() }))
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the site has no port')
  const origin = `http://127.0.0.1:${address.port}`
  fillResources(origin)
  const pages = articles.map(({ path }) => resources.get(path)).filter((page) => page !== undefined)
  report({
    kind: 'ready',
    origin,
    averagePage: average(pages.map(({ plain }) => plain.length)),
    averageGzip: average(pages.map(({ gzip }) => gzip.length)),
  })
})

function fillResources(origin: string): void {
  for (const article of articles)
    add(article.path, 'text/html; charset=UTF-8', renderArticle(origin, article, articles))
  const entries = articles.map(
    ({ path, publishedAt }) =>
      `<url><loc>${origin}${path}</loc><lastmod>${publishedAt.toISOString()}</lastmod></url>`,
  )
  const map = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`
  add('/sitemap.xml', 'application/xml; charset=UTF-8', map)
  add(
    '/robots.txt',
    'text/plain; charset=UTF-8',
    `User-agent: *\nDisallow: /wp-admin/\n\nSitemap: ${origin}/sitemap.xml\n`,
  )
}

function add(path: string, type: string, text: string): void {
  const plain = Buffer.from(text)
  const etag = `W/"${createHash('sha256').update(plain).digest('hex').slice(0, 20)}"`
  resources.set(path, { type, etag, plain, gzip: gzipSync(plain) })
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  requests += 1
  const resource = resources.get(request.url ?? '')
  if (resource === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
    return
  }
  const { etag, type } = resource
  if (request.headers['if-none-match'] === etag) {
    notModified += 1
    response.writeHead(304, { etag, vary: 'accept-encoding' }).end()
    return
  }
  const isGzip = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '')
  const body = isGzip ? resource.gzip : resource.plain
  response
    .writeHead(200, {
      'content-type': type,
      'content-length': body.length,
      etag,
      vary: 'accept-encoding',
      ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
    })
    .end(body)
}

function takeCounts(): ServerCounts {
  const total = [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, closedBytes)
  const counts = { requests, notModified, bytes: total - countedBytes }
  countedBytes = total
  requests = 0
  notModified = 0
  return counts
}

function report(message: ServerMessage): void {
  process.send?.(message)
}

function average(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
}
