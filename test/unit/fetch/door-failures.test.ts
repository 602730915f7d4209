import { expect, it } from 'vitest'
import { failureOf, openDoor, serve, serveRaw } from './local-server.ts'

const purpose = 'article'
const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8')

const raw = async (answer: string, options = {}): Promise<unknown> => {
  const server = await serveRaw((socket) => socket.end(answer))
  return await failureOf(openDoor(options).fetch({ url: `${server.origin}/a`, purpose }))
}

it('a body shorter than its Content-Length is truncated', async () => {
  expect(await raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>half')).toMatchObject({
    class: 'truncated',
  })
})

it('chunks without an end are truncated', async () => {
  expect(await raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ha\r\n')).toMatchObject({
    class: 'truncated',
  })
})

it('an answer that is not HTTP, or none, is a broken connection', async () => {
  expect(await raw('SSH-2.0-OpenSSH\r\n\r\n')).toMatchObject({ class: 'connection' })
  expect(await raw('')).toMatchObject({ class: 'connection' })
})

it('headers without end are too large', async () => {
  expect(await raw(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatchObject({
    class: 'too_large',
  })
})

it('a port where nobody listens refuses the connection', async () => {
  const server = await serveRaw((socket) => socket.end())
  const url = `http://127.0.0.1:${server.port === 65_535 ? 65_534 : server.port + 1}/a`
  expect(await failureOf(openDoor().fetch({ url, purpose, skipRobots: true }))).toMatchObject({
    class: 'connection',
  })
})

it('silence before the headers, and after them, is a timeout', async () => {
  const server = await serveRaw((socket, head) => {
    if (head.startsWith('GET /body')) socket.write('HTTP/1.1 200 OK\r\n\r\n<p>')
  })
  const impatient = openDoor({ headersTimeoutMs: 60 })
  expect(
    await failureOf(impatient.fetch({ url: `${server.origin}/a`, purpose, skipRobots: true })),
  ).toMatchObject({
    class: 'timeout',
    message: `${server.origin}/a: no answer within 0.06 s`,
  })
  const brief = openDoor({ totalTimeoutMs: 150 })
  expect(
    await failureOf(brief.fetch({ url: `${server.origin}/body`, purpose, skipRobots: true })),
  ).toMatchObject({
    class: 'timeout',
    message: `${server.origin}/body: no complete answer within 0.15 s`,
  })
})

it('an endless body ends at the cap, and its socket with it', async () => {
  let closed = false
  const server = await serve((_request, response) => {
    response.on('close', () => (closed = true))
    const more = (): void => {
      while (!response.destroyed && response.write('<p>more</p>'.repeat(1_000)));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  })
  const door = openDoor({ maxBytes: 1 << 20 })
  expect(await failureOf(door.fetch({ url: `${server.origin}/a`, purpose }))).toMatchObject({
    class: 'too_large',
  })
  await expect.poll(() => closed).toBe(true)
  expect(await failureOf(door.fetch({ url: `${server.origin}/a`, purpose, maxBytes: 1_000 }))).toMatchObject({
    class: 'too_large',
    message: `the body of ${server.origin}/a is over 1000 bytes`,
  })
})

it('a host that speaks no TLS is a TLS error, and is not asked without', async () => {
  const server = await serve((_request, response) => response.end('plain'))
  const url = `${server.origin.replace('http:', 'https:')}/a`
  expect(await failureOf(openDoor().fetch({ url, purpose }))).toMatchObject({ class: 'tls_error', url })
  expect(server.paths).toEqual([])
})

it('a name that does not resolve is a DNS error', async () => {
  const lost = openDoor({ lookup: () => Promise.reject(new Error('NXDOMAIN')) })
  expect(await failureOf(lost.fetch({ url: 'http://gone.example/a', purpose }))).toMatchObject({
    class: 'dns_error',
    url: 'http://gone.example/a',
  })
})

it('a kept socket that the server closed is tried again once, a new one is not', async () => {
  let served = 0
  const server = await serveRaw((socket) => {
    served += 1
    if (served === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    else if (served === 3)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nagain')
    else socket.destroy()
  })
  const door = openDoor()
  const ask = async () => await door.fetch({ url: `${server.origin}/a`, purpose, skipRobots: true })
  expect(textOf((await ask()).body)).toBe('ok')
  expect(textOf((await ask()).body)).toBe('again')
  expect(await failureOf(ask())).toMatchObject({ class: 'connection' })
  expect(served).toBe(4)
})
