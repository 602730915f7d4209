import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { DoorAnswer } from '../../../src/crawlers/fetch/request.ts'
import { failureOf, openDoor, serve, serveRaw } from './local-server.ts'

const purpose = 'article'

/** What the door makes of these octets, in pieces, with the connection closed or reset after them. */
async function outcomeOf(
  pieces: readonly (string | Uint8Array)[],
  end: 'close' | 'reset' | 'keep' = 'close',
): Promise<string> {
  const server = await serveRaw((socket) => {
    const send = (index: number): void => {
      const piece = pieces[index]
      if (piece !== undefined) socket.write(piece, () => setImmediate(send, index + 1))
      else if (end === 'close') socket.end()
      else if (end === 'reset') socket.resetAndDestroy()
    }
    send(0)
  })
  const door = openDoor({ headersTimeoutMs: 300, totalTimeoutMs: 600 })
  return await door.fetch({ url: `${server.origin}/a`, purpose, skipRobots: true }).then(
    ({ body, status }: DoorAnswer) => `${status} ${Buffer.from(body).toString('utf8')}`,
    (error: unknown) => (error instanceof Error && 'class' in error ? String(error.class) : String(error)),
  )
}

const head = 'HTTP/1.1 200 OK\r\n'

it.each<[string, string, readonly (string | Uint8Array)[]]>([
  [
    'a length that is too short: what follows is not read',
    '200 half',
    [`${head}Content-Length: 4\r\n\r\nhalf and more`],
  ],
  ['a length that is too long', 'truncated', [`${head}Content-Length: 40\r\n\r\nhalf`]],
  ['two lengths that differ', 'truncated', [`${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf`]],
  ['a length that is no number', 'connection', [`${head}Content-Length: four\r\n\r\nhalf`]],
  ['a length below zero', 'connection', [`${head}Content-Length: -4\r\n\r\nhalf`]],
  [
    'a length and chunks, which smuggling lives on (RFC 9112 §6.3)',
    'truncated',
    [`${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n\r\n`],
  ],
  ['a chunk of no size', 'connection', [`${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\nhalf\r\n0\r\n\r\n`]],
  [
    'a chunk that is longer than it says',
    'connection',
    [`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nhalf\r\n0\r\n\r\n`],
  ],
  ['chunks that never end', 'truncated', [`${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`]],
  ['a header line without a colon', 'connection', [`${head}Nonsense\r\n\r\nhalf`]],
  ['an answer in HTTP/2, unasked', 'connection', [Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0, 0)]],
  [
    'a 421, which speaks for the connection',
    '421 ',
    ['HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n'],
  ],
])('%s: %s', async (_what, expected, pieces) => {
  expect(await outcomeOf(pieces)).toBe(expected)
})

it('a body that ends with its connection, as old servers and PHP have it', async () => {
  expect(await outcomeOf([`${head}\r\n`, 'whole'])).toBe('200 whole')
  expect(await outcomeOf([`${head}Connection: close\r\n\r\n`, 'who', 'le'])).toBe('200 whole')
})

it('a reset before, in and after the headers', async () => {
  expect(await outcomeOf([], 'reset')).toBe('connection')
  expect(await outcomeOf([`${head}Content-Le`], 'reset')).toBe('connection')
  expect(await outcomeOf([`${head}Content-Length: 40\r\n\r\n`, 'half'], 'reset')).toBe('truncated')
  expect(await outcomeOf([`${head}\r\n`, 'half'], 'reset')).toBe('truncated')
})

it('headers that drip, and ones that are too many', async () => {
  const server = await serveRaw((socket) => {
    socket.write(`${head}X-Slow: `)
    const drip = setInterval(() => socket.write('x'), 10)
    socket.on('close', () => clearInterval(drip))
  })
  const slow = openDoor({ headersTimeoutMs: 200 })
  const url = `${server.origin}/a`
  expect(await failureOf(slow.fetch({ url, purpose, skipRobots: true }))).toMatchObject({ class: 'timeout' })
  const many = Array.from({ length: 10_000 }, (_, n) => `X-${n}: ${n}\r\n`).join('')
  expect(await outcomeOf([`${head}${many}\r\nbody`])).toBe('too_large')
})

it('takes an unlikely coding for what it is', async () => {
  const gzip = gzipSync('<p>bread</p>')
  const coded = (name: string, body: Uint8Array | string) =>
    outcomeOf([
      `${head}Content-Encoding: ${name}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
      body,
    ])
  expect(await coded('gzip', '<p>bread</p>')).toBe('200 <p>bread</p>')
  expect(await coded('identity', gzip)).toBe('200 <p>bread</p>')
  expect(await coded('br', gzip)).toBe('decode_error')
  expect(await coded('zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x00))).toBe('decode_error')
  expect(await coded('gzip, gzip, gzip, gzip, gzip', gzip)).toBe('decode_error')
  expect(await coded('gzip', Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7))).toBe('decode_error')
})

it('an empty answer has an empty body, whatever coding it names', async () => {
  expect(await outcomeOf([`${head}Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n`])).toBe('200 ')
})

it('a location cannot add headers or lead out of http', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b%0d%0aX-Injected:%20yes' }).end()
    else response.end('page')
  })
  const answer = await openDoor().fetch({ url: `${server.origin}/a`, purpose })
  expect([server.pages[1]?.url, server.pages[1]?.headers['x-injected']]).toEqual([
    '/b%0d%0aX-Injected:%20yes',
    undefined,
  ])
  expect(answer.url).toBe(`${server.origin}/b%0d%0aX-Injected:%20yes`)
  for (const location of [
    'file:///etc/passwd',
    'gopher://x/',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
  ]) {
    const liar = await serve((_request, response) => response.writeHead(302, { location }).end())
    expect(await failureOf(openDoor().fetch({ url: `${liar.origin}/a`, purpose }))).toMatchObject({
      class: 'bad_url',
    })
  }
})

it('a name that is never looked up ends at the deadline', async () => {
  const door = openDoor({ headersTimeoutMs: 100, lookup: () => new Promise(() => undefined) })
  const url = 'http://silent.example/'
  expect(await failureOf(door.fetch({ url, purpose, skipRobots: true }))).toMatchObject({ class: 'timeout' })
  expect(await failureOf(door.fetch({ url, purpose }))).toMatchObject({ class: 'robots_unreachable' })
})

it('five hundred cookies are passed over', async () => {
  const cookies = Array.from({ length: 500 }, (_, n) => `c${n}=${n}`)
  const server = await serve((_request, response) =>
    response.writeHead(200, { 'set-cookie': cookies }).end('page'),
  )
  const door = openDoor()
  for (const path of ['/a', '/b']) await door.fetch({ url: server.origin + path, purpose })
  expect(server.pages[1]?.headers.cookie).toBeUndefined()
})
