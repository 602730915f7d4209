import { expect, it } from 'vitest'
import { failureOfStatus } from '../../../src/crawlers/fetch/failure-of-status.ts'
import { failureOf, openDoor, serve } from './local-server.ts'

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
  const states: string[] = []
  const door = openDoor({
    clock: () => now,
    sleep: async (milliseconds) => void (now += milliseconds),
    onHostChange: ({ nextAllowedAt }) => void states.push(`${nextAllowedAt?.getTime()}`),
  })
  await door.fetch({ url: `${server.origin}/a`, purpose, delayMs: 2_000 })
  await door.fetch({ url: `${server.origin}/b`, purpose, delayMs: 2_000 })
  await door.fetch({ url: `${server.origin}/c`, purpose, delayMs: 9_000 })
  await door.fetch({ url: `${server.origin}/d`, purpose })
  const start = Date.UTC(2026, 2, 1)
  expect(arrivals.map((at) => at - start)).toEqual([0, 2_000, 5_000, 8_000, 17_000])
  expect(states.map((at) => Number(at) - start)).toEqual([2_000, 5_000, 8_000, 17_000, 20_000])
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
  const door = openDoor({ clock: () => Date.UTC(2026, 2, 1) })
  const { host } = new URL(server.origin)
  door.restore([{ host, nextAllowedAt: null, retryAfterUntil: new Date('2026-03-01T06:00:00Z') }])
  expect(await failureOf(door.fetch({ url: `${server.origin}/a`, purpose }))).toMatchObject({
    class: 'throttled',
    retryAt: new Date('2026-03-01T06:00:00Z'),
  })
  expect(server.connections).toBe(0)
})
