import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { failureOf, openDoor, serve } from './local-server.ts'

const purpose = 'article'

const withRobots = async (status: number, body = '', headers: Record<string, string> = {}) =>
  await serve(
    (request, response) => {
      if (request.url === '/robots.txt') response.writeHead(status, headers)
      response.end(request.url === '/robots.txt' ? body : 'page')
    },
    { ownRobots: true },
  )

it('is read once and obeyed', async () => {
  const server = await withRobots(200, 'User-agent: *\nDisallow: /private')
  const door = openDoor()
  await Promise.all([1, 2].map((page) => door.fetch({ url: `${server.origin}/${page}`, purpose })))
  expect(await failureOf(door.fetch({ url: `${server.origin}/private`, purpose }))).toMatchObject({
    class: 'robots_refused',
  })
  expect((await door.robots(server.origin)).allows(`${server.origin}/1`)).toBe(true)
  expect(server.paths.toSorted()).toEqual(['/1', '/2', '/robots.txt'])
})

it.each([400, 401, 403, 404, 410])('with status %i allows all', async (status) => {
  const server = await withRobots(status, 'User-agent: *\nDisallow: /')
  expect((await openDoor().fetch({ url: `${server.origin}/a`, purpose })).status).toBe(200)
})

it.each([429, 500, 503])('with status %i refuses all', async (status) => {
  const server = await withRobots(status, '', { 'retry-after': '1' })
  expect(await failureOf(openDoor().fetch({ url: `${server.origin}/a`, purpose }))).toMatchObject({
    class: 'robots_unreachable',
    status,
  })
  expect(server.pages).toEqual([])
})

it('that comes damaged, or not at all, refuses all', async () => {
  const half = gzipSync('User-agent: *\nAllow: /\n'.repeat(50)).subarray(0, 40)
  const cut = await serve(
    (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(half),
    { ownRobots: true },
  )
  const hung = await serve(() => undefined, { ownRobots: true })
  const door = openDoor({ headersTimeoutMs: 60 })
  for (const server of [cut, hung]) {
    expect(await failureOf(door.fetch({ url: `${server.origin}/a`, purpose }))).toMatchObject({
      class: 'robots_unreachable',
    })
    expect(server.pages).toEqual([])
  }
})

it('is asked for again after a day, and after a minute when it could not be read', async () => {
  let status = 503
  let now = Date.UTC(2026, 2, 1)
  const server = await serve(
    (request, response) => response.writeHead(request.url === '/robots.txt' ? status : 200).end(),
    { ownRobots: true },
  )
  const door = openDoor({ clock: () => now })
  const ask = async () => await door.fetch({ url: `${server.origin}/a`, purpose })
  const asked = (): number => server.paths.filter((path) => path === '/robots.txt').length
  await failureOf(ask())
  await failureOf(ask())
  expect(asked()).toBe(1)
  now += 60_000
  status = 200
  await ask()
  expect(asked()).toBe(2)
  now += 24 * 60 * 60 * 1_000 - 1
  await ask()
  expect(asked()).toBe(2)
  now += 1
  await ask()
  expect(asked()).toBe(3)
})

it.each([
  [5, 'robots_refused'],
  [6, 'robots_unreachable'],
])('%i redirects away: %s', async (hops, expected) => {
  const server = await serve(
    (request, response) => {
      const hop = Number(request.url?.replace('/robots.txt', '').replace('/', ''))
      if (hop < hops) response.writeHead(302, { location: `/${hop + 1}` }).end()
      else response.end('User-agent: *\nDisallow: /')
    },
    { ownRobots: true },
  )
  expect(await failureOf(openDoor().fetch({ url: `${server.origin}/page`, purpose }))).toMatchObject({
    class: expected,
  })
})

it('longer than the cap is read up to the last whole line', async () => {
  const early = 'User-agent: *\nDisallow: /early\n'
  const server = await withRobots(
    200,
    `${early}${'#'.repeat(512 * 1024 - early.length - 12)}\nDisallow: /late\n`,
  )
  const rules = await openDoor().robots(server.origin)
  expect([rules.allows(`${server.origin}/early`), rules.allows(`${server.origin}/x`)]).toEqual([false, true])
})

it('is cut at 512 KiB however long it is, and the rule just within 500 KiB holds', async () => {
  const late = '\nDisallow: /late\n'
  const start = 'User-agent: *\n'
  const filler = `#${'x'.repeat(62)}\n`.repeat(8_000).slice(0, 511_999 - start.length - late.length)
  let sent = 0
  const server = await serve(
    (request, response) => {
      if (request.url !== '/robots.txt') {
        response.end('page')
        return
      }
      response.write(start + filler + late)
      const more = (): void => {
        while (!response.destroyed && sent < 10 << 20) {
          sent += 64 * 1024
          if (!response.write('#'.repeat(64 * 1024))) break
        }
        if (sent >= 10 << 20) response.end()
        else if (!response.destroyed) response.once('drain', more)
      }
      more()
    },
    { ownRobots: true },
  )
  const door = openDoor()
  expect((await door.robots(server.origin)).allows(`${server.origin}/late`)).toBe(false)
  expect(door.stats().wireBytes).toBeLessThan(700 * 1024)
})

it('from another host holds for the one that was asked', async () => {
  const elsewhere = await withRobots(200, 'User-agent: *\nDisallow: /closed')
  const server = await serve(
    (request, response) => {
      if (request.url === '/robots.txt')
        response.writeHead(301, { location: `${elsewhere.origin}/robots.txt` })
      response.end('page')
    },
    { ownRobots: true },
  )
  const door = openDoor()
  expect((await door.fetch({ url: `${server.origin}/open`, purpose })).status).toBe(200)
  expect(await failureOf(door.fetch({ url: `${server.origin}/closed`, purpose }))).toMatchObject({
    class: 'robots_refused',
  })
})

it('that is reset, or of a name that does not resolve, refuses all', async () => {
  const reset = await serve((request) => request.socket.resetAndDestroy(), { ownRobots: true })
  const door = openDoor({ lookup: () => Promise.reject(new Error('SERVFAIL')) })
  expect(await failureOf(door.fetch({ url: `${reset.origin}/a`, purpose }))).toMatchObject({
    class: 'robots_unreachable',
  })
  expect(await failureOf(door.fetch({ url: 'http://lost.example/a', purpose }))).toMatchObject({
    class: 'dns_error',
  })
  expect(reset.pages).toEqual([])
})
