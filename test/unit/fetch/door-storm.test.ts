import { expect, it } from 'vitest'
import { failureOf, openDoor, serve } from './local-server.ts'

const purpose = 'article'
const hour = 60 * 60 * 1000

it('asks a host that only fails twelve times in a day at most, and its neighbour as ever', async () => {
  let now = Date.UTC(2026, 2, 1)
  const end = now + 24 * hour
  const broken = await serve((_request, response) => response.writeHead(503).end())
  const sound = await serve((_request, response) => response.end('page'))
  const door = openDoor({ clock: () => now, sleep: async (milliseconds) => void (now += milliseconds) })
  for (let page = 0; now < end; page += 1) {
    await failureOf(door.fetch({ url: `${broken.origin}/${page}`, purpose }))
    now += (24 * hour) / 500
    const asked = await door.fetch({ url: `${sound.origin}/${page}`, purpose })
    expect(asked.status).toBe(200)
  }
  expect(broken.pages.length).toBeLessThanOrEqual(12)
  expect(sound.pages.length).toBeGreaterThan(450)
})

it('holds every page of a host back that asks for a wait by any of the three kinds of date', async () => {
  const start = Date.UTC(2026, 2, 1)
  for (const wait of [
    '7200',
    'Sun, 01 Mar 2026 02:00:00 GMT',
    'Sunday, 01-Mar-26 02:00:00 GMT',
    'Sun Mar  1 02:00:00 2026',
  ]) {
    let now = start
    const server = await serve((_request, response) => response.writeHead(503, { 'retry-after': wait }).end())
    const door = openDoor({ clock: () => now, sleep: async (milliseconds) => void (now += milliseconds) })
    await door.fetch({ url: `${server.origin}/0`, purpose })
    for (let page = 1; page < 50; page += 1) {
      expect(await failureOf(door.fetch({ url: `${server.origin}/${page}`, purpose }))).toMatchObject({
        class: 'throttled',
        retryAt: new Date(start + 2 * hour),
      })
    }
    now = start + 2 * hour
    await door.fetch({ url: `${server.origin}/last`, purpose })
    expect(server.pages.map(({ url }) => url)).toEqual(['/0', '/last'])
  }
})
