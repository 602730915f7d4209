import { expect, it } from 'vitest'
import type { HostBook } from '../../../src/host-book.ts'
import { Pace } from '../../../src/crawlers/fetch/pace.ts'
import { sleepUntilAborted } from '../../../src/crawlers/fetch/sleep.ts'
import { failureOf } from './local-server.ts'
import { memoryHostBook } from './memory-host-book.ts'

const start = Date.UTC(2026, 2, 1)

/** A pace on a clock that moves only when someone sleeps, or by hand. */
function virtualPace(options: { book?: HostBook; time?: { now: number; sleeps: number } } = {}) {
  const time = options.time ?? { now: start, sleeps: 0 }
  const pace = new Pace({
    clock: () => time.now,
    sleep: async (milliseconds) => {
      time.sleeps += 1
      await Promise.resolve()
      time.now += milliseconds
    },
    responseTimeMultiple: 1,
    maxWaitMs: 30_000,
    book: options.book ?? null,
  })
  const departures: [string, number][] = []
  const ask = (url: string, gapMs: number, takesMs = 0, signal?: AbortSignal): Promise<void> =>
    pace.run({ host: new URL(url).host, url, gapMs, atOnce: 1, ...(signal ? { signal } : {}) }, async () => {
      departures.push([url, time.now - start])
      await Promise.resolve()
      time.now += takesMs
    })
  return { pace, time, departures, ask }
}

const a = 'https://a.example/'
const b = 'https://b.example/'

it('spaces the requests to one host, first come first served, and not those to another', async () => {
  const { ask, departures } = virtualPace()
  await Promise.all([ask(`${a}1`, 1_000), ask(`${a}2`, 1_000), ask(`${a}3`, 1_000)])
  await ask(b, 1_000)
  expect(departures).toEqual([
    [`${a}1`, 0],
    [`${a}2`, 1_000],
    [`${a}3`, 2_000],
    [b, 2_000],
  ])
})

it('counts the gap from the end of the answer, and waits at least as long as the answer took', async () => {
  const { ask, departures } = virtualPace()
  await ask(a, 1_000, 300)
  await ask(a, 1_000, 4_000)
  await ask(a, 1_000, 400_000)
  await ask(a, 1_000)
  expect(departures.map(([, at]) => at)).toEqual([0, 1_300, 9_300, 469_300])
})

it('keeps as many requests in flight to a host as each of them allows', async () => {
  for (const atOnce of [1, 3]) {
    const { pace } = virtualPace()
    let inFlight = 0
    let most = 0
    const ask = (): Promise<void> =>
      pace.run({ host: 'a.example', url: a, gapMs: 0, atOnce }, async () => {
        inFlight += 1
        most = Math.max(most, inFlight)
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
        inFlight -= 1
      })
    await Promise.all(Array.from({ length: 10 }, ask))
    expect(most).toBe(atOnce)
  }
})

it('neither sleeps nor asks for turns without a gap', async () => {
  const told: string[] = []
  const book = memoryHostBook({ clock: () => start, told })
  const { ask, time, departures } = virtualPace({ book })
  for (let n = 0; n < 100; n += 1) await ask(a, 0, 5)
  expect([departures.length, time.sleeps, told]).toEqual([100, 0, []])
})

it('takes the turn before the request leaves, and ends it after the answer', async () => {
  const told: string[] = []
  const { pace, time } = virtualPace({ book: memoryHostBook({ clock: () => time.now, told }) })
  await pace.run({ host: 'a.example', url: a, gapMs: 2_000, atOnce: 1 }, async () => {
    told.push('left')
    time.now += 3_000
  })
  expect(told).toEqual(['take a.example 2000', 'left', 'end a.example 3000'])
})

it('sends nothing when the turn could not be stored', async () => {
  const book = memoryHostBook({ clock: () => start })
  const take = () => Promise.reject(new Error('disk full'))
  const { ask, departures } = virtualPace({ book: { ...book, take } })
  expect(await failureOf(ask(a, 1_000))).toMatchObject({ message: 'disk full' })
  expect(await failureOf(ask(a, 1_000))).toMatchObject({ message: 'disk full' })
  expect(departures).toEqual([])
})

it('shares the turns of a host with other processes, whatever their clocks say', async () => {
  const time = { now: start, sleeps: 0 }
  const book = memoryHostBook({ clock: () => time.now - 3_600_000 })
  const inFlight = { now: 0, most: 0 }
  const departures: number[] = []
  const workers = [1, 2, 3].map(() => virtualPace({ book, time }))
  const visit = { host: 'a.example', url: a, gapMs: 1_000, atOnce: 1 }
  await Promise.all(
    workers.flatMap(({ pace }) =>
      [1, 2, 3, 4].map(() =>
        pace.run(visit, async () => {
          departures.push(time.now - start)
          inFlight.now += 1
          inFlight.most = Math.max(inFlight.most, inFlight.now)
          await Promise.resolve()
          time.now += 40
          inFlight.now -= 1
        }),
      ),
    ),
  )
  expect(departures).toHaveLength(12)
  expect(inFlight.most).toBe(1)
  const gaps = departures.slice(1).map((at, index) => at - departures[index]!)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_040)
})

it('gives a turn back when whoever waited for it has given up, or the host asks for a pause', async () => {
  const told: string[] = []
  const controller = new AbortController()
  const book = memoryHostBook({ clock: () => start, told })
  const whileTaken: HostBook = {
    ...book,
    take: async (wanted) => {
      const turn = await book.take(wanted)
      controller.abort(new Error('enough'))
      return turn
    },
  }
  const { ask, departures } = virtualPace({ book: whileTaken })
  expect(await failureOf(ask(a, 1_000, 0, controller.signal))).toMatchObject({ message: 'enough' })
  await expect.poll(() => told).toEqual(['take a.example 1000', 'end a.example 0'])
  expect(departures).toEqual([])
})

it('sits out a short wait that the host asked for, and refuses at once for a long one', async () => {
  const { ask, pace, departures } = virtualPace()
  await pace.holdBack('a.example', 7_000)
  await ask(a, 0)
  await pace.holdBack('a.example', 60_000)
  expect(await failureOf(ask(a, 0))).toMatchObject({
    class: 'throttled',
    retryAt: new Date(start + 67_000),
    url: a,
  })
  await ask(b, 0)
  expect(departures).toEqual([
    [a, 7_000],
    [b, 7_000],
  ])
})

it('refuses those who queue already when a long wait is asked for', async () => {
  const { pace, ask, departures } = virtualPace()
  const first = pace.run({ host: 'a.example', url: a, gapMs: 0, atOnce: 1 }, () =>
    pace.holdBack('a.example', 60_000),
  )
  const outcomes = await Promise.all([failureOf(ask(`${a}2`, 0)), failureOf(ask(`${a}3`, 0)), first])
  expect(outcomes.slice(0, 2)).toMatchObject([{ class: 'throttled' }, { class: 'throttled' }])
  expect(departures).toEqual([])
})

it('asks a failing host ever less: five times, then once per step', async () => {
  const { pace, ask, time, departures } = virtualPace()
  const end = start + 24 * 60 * 60 * 1_000
  for (let n = 0; n < 500; n += 1) {
    const outcome = await failureOf(ask(a, 1_000))
    if (departures.length > 0 && outcome instanceof Error && outcome.message === 'it did not fail') {
      await pace.record('a.example', false)
    } else time.now = Math.min(time.now + 5 * 60_000, end)
  }
  expect(departures.length).toBe(7)
})

it('forgets the failures of a host that recovers', async () => {
  const { pace, ask } = virtualPace()
  for (let n = 0; n < 4; n += 1) await pace.record('a.example', false)
  await pace.record('a.example', true)
  for (let n = 0; n < 4; n += 1) await pace.record('a.example', false)
  await expect(ask(a, 0)).resolves.toBeUndefined()
})

it('lets a waiter give up and the next one go', async () => {
  const { pace, ask, departures } = virtualPace()
  const controller = new AbortController()
  const first = pace.run({ host: 'a.example', url: a, gapMs: 0, atOnce: 1 }, async () =>
    controller.abort(new Error('enough')),
  )
  const [, outcome] = await Promise.all([
    first,
    failureOf(ask(`${a}2`, 0, 0, controller.signal)),
    ask(`${a}3`, 0),
  ])
  expect(outcome).toMatchObject({ message: 'enough' })
  expect(departures).toEqual([[`${a}3`, 0]])
})

it('heeds what other processes were told, and no wait of over a day', async () => {
  const book = memoryHostBook({ clock: () => start })
  await book.holdBack('b.example', 10 ** 12)
  const { ask } = virtualPace({ book })
  expect(await failureOf(ask(b, 0))).toMatchObject({
    class: 'throttled',
    retryAt: new Date(start + 86_400_000),
  })
})

it('waits no longer than a turn for a process that died in it', async () => {
  const time = { now: start, sleeps: 0 }
  const book = memoryHostBook({ clock: () => time.now })
  await book.take({ host: 'a.example', gapMs: 2_000, atOnce: 1 })
  const { ask, departures } = virtualPace({ book, time })
  await ask(a, 2_000)
  expect(departures).toEqual([[a, 30_000]])
})

it('rejects all who wait when it is closed', async () => {
  const { pace, ask } = virtualPace()
  const never = pace.run({ host: 'a.example', url: a, gapMs: 0, atOnce: 1 }, async () => pace.close())
  expect(await failureOf(ask(a, 0))).toMatchObject({ class: 'connection' })
  await never
})

it('returns when it is aborted, before or while it sleeps', async () => {
  await sleepUntilAborted(2 ** 40, AbortSignal.abort())
  const controller = new AbortController()
  const sleeping = sleepUntilAborted(2 ** 40, controller.signal)
  controller.abort()
  await expect(sleeping).resolves.toBeUndefined()
})
