import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Door } from '../../../src/crawlers/fetch/door.ts'
import { readThread, type ReadThread } from './read-thread.ts'
import { type RecordedAnswer, recordedAt, type RecordedThread } from './recording.ts'

export interface Replay extends ReadThread {
  /** The requests that were made after the page's own, in order, as recordings write them. */
  readonly asked: readonly string[]
}

export interface ReplayOptions {
  readonly standsFor?: readonly string[] | undefined
  /** The site that the article is at; the loopback server's own address unless given. */
  readonly site?: string | undefined
  /** Answers in place of the recorded one; the first request after the page's is number 1. */
  readonly trouble?: (number: number) => RecordedAnswer | null
  /** Text of robots.txt; none is served unless given. */
  readonly robots?: string
  /** Platforms that are read by permission only. */
  readonly permitted?: readonly string[]
}

/** Reads a recorded thread as the crawler does: page, extraction and paging loop, through the door and over loopback. */
export async function replay(recorded: RecordedThread, options: ReplayOptions = {}): Promise<Replay> {
  const server = await serve(recorded, options)
  const door = new Door({
    userAgent: 'CommentariatTest/1.0',
    contact: null,
    allowPrivateNetwork: true,
    clock: () => recordedAt.getTime(),
    sleep: async () => undefined,
  })
  try {
    const { origin, asked } = server
    const { standsFor = [], site, permitted } = options
    const given = site === undefined ? standsFor : [...standsFor, site]
    const read = await readThread(door, `${site ?? origin}${recorded.path ?? articlePath}`, {
      standIn: { given, served: origin },
      permitted,
    })
    return { ...read, asked }
  } finally {
    await door.close()
    await server.stop()
  }
}

const articlePath = '/2026/03/harbour'

interface Server {
  readonly origin: string
  readonly asked: string[]
  readonly stop: () => Promise<void>
}

async function serve(recorded: RecordedThread, { trouble, robots }: ReplayOptions): Promise<Server> {
  const asked: string[] = []
  const turns = new Map<string, number>()
  let origin = ''
  const server = createServer((request, response) => {
    void answerTo(request).then(({ status = 200, headers = {}, body }) => {
      const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      response.writeHead(status, { 'content-type': type, ...headers }).end(filled(text, origin))
    })
  })
  const answerTo = async (request: IncomingMessage): Promise<RecordedAnswer> => {
    if (request.url === '/robots.txt') return { status: robots === undefined ? 404 : 200, body: robots ?? '' }
    if (request.method === 'GET' && request.url === (recorded.path ?? articlePath)) {
      return { body: articlePage(recorded.page) }
    }
    const key = await keyOf(request)
    // Every replay has a port of its own.
    asked.push(key.replaceAll(new URL(origin).host, '{host}'))
    return trouble?.(asked.length) ?? recordedAnswer(recorded, key, origin, turns)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  origin = `http://127.0.0.1:${address.port}`
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { origin, asked, stop }
}

/** What nobody recorded is answered by 418, which no platform takes for an empty thread. */
function recordedAnswer(
  { answers }: RecordedThread,
  key: string,
  origin: string,
  turns: Map<string, number>,
): RecordedAnswer {
  const found = Object.entries(answers).find(([name]) => filled(name, origin) === key)?.[1]
  if (found === undefined) return { status: 418, body: `nothing is recorded for ${key}` }
  const list = 'body' in found ? [found] : found
  const turn = turns.get(key) ?? 0
  turns.set(key, turn + 1)
  return list[Math.min(turn, list.length - 1)] ?? { status: 418, body: 'the list is empty' }
}

async function keyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('utf8')
  const [path = '', query] = (request.url ?? '').split('?')
  const parameters = query === undefined ? '' : `?${decodeURIComponent(query.replaceAll('+', ' '))}`
  return `${request.method ?? ''} ${decodeURIComponent(path)}${parameters}${body === '' ? '' : ` ${body}`}`
}

const sentence =
  'The council said on Monday that the harbour will be dredged before the winter storms set in again. '

function articlePage(below: string): string {
  return `<!DOCTYPE html><html lang="en"><head><title>The harbour is dredged</title>
    <meta property="og:title" content="Harbour works"><meta property="og:type" content="article">
    <meta property="article:published_time" content="2026-03-01T07:30:00+00:00"></head>
    <body><article><h1>The harbour is dredged</h1>${`<p>${sentence.repeat(4)}</p>`.repeat(4)}</article>
    ${below}</body></html>`
}

/** `{host}` is the address without its scheme. */
function filled(words: string, origin: string): string {
  return words.replaceAll('{origin}', origin).replaceAll('{host}', new URL(origin).host)
}
