import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { articlePage } from '../../jobs/small-paper.ts'

/** One request, as the host saw it; Unix milliseconds. */
export interface Visit {
  readonly host: string
  readonly path: string
  readonly at: number
  readonly until: number
}

export interface SimulatedSite {
  readonly id: string
  readonly host: string
  /** First part of its paths, which tells apart the two sites of one host. */
  readonly section: 'news' | 'more'
  readonly delayMs: number
  /** Addresses of its articles. */
  readonly articles: readonly string[]
}

export interface SimulatedSites {
  readonly sites: readonly SimulatedSite[]
  /** Of one page each, to be crawled before anything is measured. */
  readonly warmUp: readonly SimulatedSite[]
  readonly visits: Visit[]
  readonly stop: () => Promise<void>
}

export const COMMENTS_PER_PAGE = 3
/** Milliseconds that an answer takes. */
export const ANSWER_MS = 20
/** Of the sites that come first, this share lies two on one host. */
const SHARED = 1 / 4
const WARM_UP = 32

/**
 * Newspapers on loopback, each with a delay of its own between one and two seconds; some lie two on one host.
 * @param folder gets their declarations.
 */
export async function openSites(count: number, pages: number, folder: string): Promise<SimulatedSites> {
  const visits: Visit[] = []
  const servers: Server[] = []
  const open = async (id: string, articles: number, delayMs: number, beside: SimulatedSite | undefined) => {
    const host = beside?.host ?? (await openHost(servers, visits, articles))
    const section = beside === undefined ? 'news' : 'more'
    const address = (page: number) => `http://${host}/${section}/${page + 1}/`
    const addresses = Array.from({ length: articles }, (_, page) => address(page))
    const site: SimulatedSite = { id, host, section, delayMs, articles: addresses }
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(declarationOf(site)))
    return site
  }
  const sites: SimulatedSite[] = []
  for (let number = 0; number < count; number += 1) {
    const beside = number < count * SHARED && number % 2 === 1 ? sites.at(-1) : undefined
    sites.push(await open(`site-${number}`, pages, beside?.delayMs ?? 1000 + (number % 5) * 250, beside))
  }
  const warmUp: SimulatedSite[] = []
  for (let number = 0; number < WARM_UP; number += 1)
    warmUp.push(await open(`warm-${number}`, 1, 1000, undefined))
  return {
    sites,
    warmUp,
    visits,
    stop: async () => {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections()
          server.close()
          return once(server, 'close')
        }),
      )
    },
  }
}

function declarationOf({ id, host, section, delayMs }: SimulatedSite) {
  return {
    id,
    name: id,
    url: `http://${host}/`,
    sources: [{ kind: 'feed', url: `http://${host}/${section}/feed/` }],
    delaySeconds: delayMs / 1000,
    schedule: '0 0 1 1 *',
  }
}

async function openHost(servers: Server[], visits: Visit[], pages: number): Promise<string> {
  const server = createServer((request, response) => {
    const at = Date.now()
    const path = request.url ?? '/'
    const host = request.headers.host ?? ''
    setTimeout(() => {
      const { status, type, body } = answerOf(host, path, pages)
      // Before it leaves: this process may be made to wait right after.
      const until = Date.now()
      response.writeHead(status, { 'content-type': type }).end(body)
      visits.push({ host, path, at, until })
    }, ANSWER_MS)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a site has no port')
  return `127.0.0.1:${address.port}`
}

/** Texts of the comments on an article's page, in their order. */
export const commentsOn = (path: string): string[] =>
  Array.from({ length: COMMENTS_PER_PAGE }, (_, index) => `comment ${index + 1} on ${path}`)

function answerOf(host: string, path: string, pages: number) {
  const [, section = '', name = ''] = path.split('/')
  const url = `http://${host}${path}`
  if (path.endsWith('/feed/'))
    return { status: 200, type: 'application/rss+xml', body: feedOf(`http://${host}/${section}`, pages) }
  const page = Number(name)
  if (!Number.isInteger(page) || page < 1 || page > pages)
    return { status: 404, type: 'text/plain', body: 'not found' }
  const post = page + (section === 'more' ? 1000 : 0)
  const title = `The ${section} of page ${page}`
  const body = articlePage({ url, title, post, comments: commentsOn(path) })
  return { status: 200, type: 'text/html; charset=utf-8', body }
}

function feedOf(base: string, pages: number): string {
  const items = Array.from(
    { length: pages },
    (_, page) => `<item><title>Page ${page + 1}</title><link>${base}/${page + 1}/</link></item>`,
  )
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>${base}/</link>
    <description>News</description>${items.join('')}</channel></rss>`
}

/** Whether the request was one for this site, and not for what its host has in common. */
export const isOf = ({ host, section }: SimulatedSite, visit: Visit): boolean =>
  visit.host === host && visit.path.startsWith(`/${section}/`)

/** A line on each time that a host was asked while it answered, or before the distance of its site was kept. */
export function findViolations({ sites, warmUp, visits }: SimulatedSites): string[] {
  const delays = new Map([...sites, ...warmUp].map(({ host, delayMs }) => [host, delayMs]))
  const last = new Map<string, Visit>()
  const violations: string[] = []
  for (const visit of visits.toSorted((a, b) => a.at - b.at)) {
    const before = last.get(visit.host)
    const delayMs = delays.get(visit.host) ?? 0
    // The distance can but be longer here than between the worker's answer and its request, save for the rounding of
    // two clocks to milliseconds.
    if (before !== undefined && visit.at - before.until < delayMs - 2)
      violations.push(
        `${visit.host} was asked for ${visit.path} ${visit.at - before.until} ms after ${before.path}, not ${delayMs}`,
      )
    if (before === undefined || visit.until > before.until) last.set(visit.host, visit)
  }
  return violations
}
