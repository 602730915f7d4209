import { expect, it } from 'vitest'
import { failureOfStatus } from '../../../src/crawlers/fetch/failure-of-status.ts'
import { failureOf, openDoor, serve } from './local-server.ts'
import { memoryHostBook } from './memory-host-book.ts'

const purpose = 'article'

it('keeps the delay of the site, of robots.txt and of a slow host, on a virtual clock', async () => {
  let now = Date.UTC(2026, 2, 1)
  const arrivals: number[] = []
  const server = await serve(
    (request, response) => {
      arrivals.push(now)
      response.end(request.url === '/robots.txt' ? 'User-agent: *\nCrawl-delay: 3' : '')
    },
    { ownRobots: true },
  )
  const told: string[] = []
  const door = openDoor({
    clock: () => now,
    sleep: async (milliseconds) => void (now += milliseconds),
    hostBook: memoryHostBook({ clock: () => now, told }),
  })
  await door.fetch({ url: `${server.origin}/a`, purpose, delayMs: 2_000 })
  await door.fetch({ url: `${server.origin}/b`, purpose, delayMs: 2_000 })
  await door.fetch({ url: `${server.origin}/c`, purpose, delayMs: 9_000 })
  await door.fetch({ url: `${server.origin}/d`, purpose })
  const start = Date.UTC(2026, 2, 1)
  expect(arrivals.map((at) => at - start)).toEqual([0, 3_000, 6_000, 15_000, 24_000])
  const host = new URL(server.origin).host
  const taken = told.filter((what) => what.startsWith('take'))
  expect(taken).toEqual([2_000, 3_000, 3_000, 9_000, 3_000].map((gap) => `take ${host} ${gap}`))
})

it('waits for Retry-After on the whole host, or fails with its moment', async () => {
  let now = Date.UTC(2026, 2, 1)
  const server = await serve((request, response) => {
    const wait = request.url?.slice(1) ?? ''
    response.writeHead(wait === '' ? 200 : 429, wait === '' ? {} : { 'retry-after': wait }).end()
  })
  const door = openDoor({ clock: () => now, sleep: async (milliseconds) => void (now += milliseconds) })
  const short = await door.fetch({ url: `${server.origin}/7`, purpose })
  expect(failureOfStatus(short)).toMatchObject({
    class: 'throttled',
    retryAt: new Date('2026-03-01T00:00:07Z'),
  })
  await door.fetch({ url: `${server.origin}/`, purpose })
  expect(now).toBe(Date.UTC(2026, 2, 1, 0, 0, 7))
  await door.fetch({ url: `${server.origin}/3600`, purpose })
  expect(await failureOf(door.fetch({ url: `${server.origin}/`, purpose }))).toMatchObject({
    class: 'throttled',
    retryAt: new Date('2026-03-01T01:00:07Z'),
  })
  expect(server.paths).toEqual(['/robots.txt', '/7', '/', '/3600'])
})

it('takes up what an earlier process stored', async () => {
  const server = await serve((_request, response) => response.end())
  const clock = () => Date.UTC(2026, 2, 1)
  const hostBook = memoryHostBook({ clock })
  await hostBook.holdBack(new URL(server.origin).host, 6 * 3_600_000)
  const door = openDoor({ clock, hostBook })
  expect(await failureOf(door.fetch({ url: `${server.origin}/a`, purpose }))).toMatchObject({
    class: 'throttled',
    retryAt: new Date('2026-03-01T06:00:00Z'),
  })
  expect(server.connections).toBe(0)
})

it('keeps the distance of a host after a restart, even when the first process died within its request', async () => {
  const start = Date.UTC(2026, 2, 1)
  let now = start
  const arrivals: number[] = []
  const server = await serve(
    (request, response) => {
      arrivals.push(now - start)
      if (request.url === '/robots.txt') response.end('User-agent: *\nCrawl-delay: 30')
      else if (request.url !== '/hangs') response.end('page')
    },
    { ownRobots: true },
  )
  const options = {
    clock: () => now,
    sleep: async (milliseconds: number) => void (now += milliseconds),
    hostBook: memoryHostBook({ clock: () => now }),
  }
  const first = openDoor(options)
  await first.fetch({ url: `${server.origin}/a`, purpose })
  const died = new AbortController()
  const hanging = failureOf(first.fetch({ url: `${server.origin}/hangs`, purpose, signal: died.signal }))
  await expect.poll(() => server.paths.at(-1)).toBe('/hangs')
  const second = openDoor(options)
  await second.fetch({ url: `${server.origin}/b`, purpose, delayMs: 50 })
  expect(server.paths).toEqual(['/robots.txt', '/a', '/hangs', '/robots.txt', '/b'])
  expect(arrivals).toEqual([0, 30_000, 60_000, 90_000, 120_000])
  died.abort()
  await hanging
})

it('grants no other host what was agreed with one', async () => {
  const answering = async (): Promise<{ origin: string; most: () => number }> => {
    let inFlight = 0
    let most = 0
    const { origin } = await serve((_request, response) => {
      inFlight += 1
      most = Math.max(most, inFlight)
      setTimeout(() => {
        inFlight -= 1
        response.end('page')
      }, 40)
    })
    return { origin, most: () => most }
  }
  const [own, other] = await Promise.all([answering(), answering()])
  const door = openDoor()
  const agreed = { agreedHost: new URL(own.origin).host, connections: 3, delayMs: 0, purpose } as const
  await Promise.all(
    [own, other].flatMap(({ origin }) =>
      ['/1', '/2', '/3', '/4'].map((path) => door.fetch({ url: origin + path, ...agreed })),
    ),
  )
  expect(own.most()).toBeGreaterThan(1)
  expect(own.most()).toBeLessThanOrEqual(3)
  expect(other.most()).toBe(1)
})
