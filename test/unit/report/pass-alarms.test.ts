import { createServer } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { newTally } from '../../../src/crawlers/tally.ts'
import type { Alarm } from '../../../src/db/alarms.ts'
import { alarmChanges, findPassAlarms, passFigures, sinceWhen } from '../../../src/report/pass-alarms.ts'
import { webhook } from '../../../src/report/webhook.ts'

const now = new Date('2026-03-02T10:00:00Z')
const measured = { dated: 4, futureDates: 0, texts: 4, damagedTexts: 0, due: 0 }
const passWith = (
  given: Partial<Parameters<typeof passFigures>[0]>,
  more: Partial<typeof measured> = {},
) => ({
  at: now,
  pages: 4,
  fillRates: {},
  alarms: [] as Alarm[],
  figures: passFigures({ ...newTally(), pages: 4, ...given }, { ...measured, ...more }),
})
const healthy = Array.from({ length: 12 }, () => passWith({}))
const kindsAfter = (...newest: ReturnType<typeof passWith>[]) =>
  findPassAlarms({ passes: [...newest, ...healthy], hours: [], now }).map(({ kind }) => kind)

it.each([
  ['refused', { pages: 0, failures: { blocked: 4 } }, {}],
  ['walled', { pages: 0, failures: { wall: 4 } }, {}],
  ['failing', { pages: 0, failures: { timeout: 4 } }, {}],
  ['future_dates', {}, { futureDates: 4 }],
  ['damaged_text', {}, { damagedTexts: 4 }],
  ['due_piling', {}, { due: 80 }],
  ['coverage_fallen', { threads: { complete: 0, incomplete: 4 } }, {}],
  ['feed_stale', { feeds: { read: 1, recent: 5, named: 0 } }, {}],
] as const)('says %s within two passes, and is silent before', (kind, given, more) => {
  const feeds = { read: 1, recent: 4, named: 3 }
  const former = Array.from({ length: 12 }, () =>
    passWith({ feeds, threads: { complete: 4, incomplete: 0 } }),
  )
  const bad = passWith(given, more)
  const kinds = (newest: typeof former) =>
    findPassAlarms({ passes: [...newest, ...former], hours: [], now }).map((alarm) => alarm.kind)
  expect(kinds([])).toEqual([])
  expect(kinds([bad, bad])).toEqual([kind])
})

it('says that sources name nothing at the second time in a row, unless that is usual', () => {
  const reading = (read: number, empty: number) =>
    passWith({
      sources: { read, empty: Array.from({ length: empty }, (_, index) => `https://a.example/${index}`) },
    })
  const kinds = (newest: [number, number][], former: [number, number]) =>
    findPassAlarms({
      passes: [...newest, ...Array.from({ length: 8 }, () => former)].map((pass) => reading(...pass)),
      hours: [],
      now,
    }).map(({ kind }) => kind)
  expect(kinds([[3, 3]], [3, 0])).toEqual([])
  // A pass in which no source was due says nothing of them.
  const twice: [number, number][] = [
    [2, 2],
    [0, 0],
    [3, 3],
  ]
  expect(kinds(twice, [3, 0])).toEqual(['sources_empty'])
  expect(kinds([[3, 2], ...twice], [3, 0])).toEqual([])
  expect(kinds(twice, [1, 1])).toEqual([])
})

it('goes on saying so for as long as it lasts', () => {
  const empty = {
    ...passWith({ sources: { read: 1, empty: ['https://a.example/feed'] } }),
    alarms: [{ kind: 'sources_empty', message: '', urls: [] } as const],
  }
  const naming = passWith({ sources: { read: 1, empty: [] } })
  const passes = [...Array.from({ length: 300 }, () => empty), ...Array.from({ length: 8 }, () => naming)]
  expect(findPassAlarms({ passes, hours: [], now }).map(({ kind }) => kind)).toEqual(['sources_empty'])
})

it('needs more to be sure of where it is judged more often', () => {
  const every = (minutes: number, feeds: { read: number; recent: number; named: number }[]) =>
    feeds.map((one, index) => ({
      ...passWith({ feeds: one }),
      at: new Date(now.getTime() - index * minutes * 60_000),
    }))
  const kinds = (minutes: number, unnamed: number) => {
    const usual = Array.from({ length: 100 }, (_, index) => ({ read: 1, recent: 1, named: index % 2 }))
    const lately = Array.from({ length: unnamed }, () => ({ read: 1, recent: 1, named: 0 }))
    const passes = every(minutes, [...lately, ...usual])
    return findPassAlarms({ passes, hours: [], now }).map(({ kind }) => kind)
  }
  // A feed that names every other article passes over ten in a row once in a thousand times, over twenty in a million.
  expect([10, 20].map((unnamed) => kinds(360, unnamed))).toEqual([[], ['feed_stale']])
  expect(kinds(15, 20)).toEqual([])
})

it('is over with the first good passes', () => {
  const bad = {
    ...passWith({ pages: 0, failures: { blocked: 4 } }),
    alarms: [{ kind: 'refused', message: '', urls: [] } as const],
  }
  expect(kindsAfter(bad, bad)).toEqual(['refused'])
  expect(kindsAfter(passWith({}), bad, bad)).toEqual([])
})

it('says that nothing is new when the same hours of former days were busy', () => {
  const today = Math.floor(now.getTime() / 3_600_000)
  const hours = Array.from({ length: 28 * 24 }, (_, index) => ({
    hour: today - 28 * 24 + index + 1,
    articles: 5,
  }))
  const since = (silent: number) =>
    hours.map((one) => ({ ...one, articles: one.hour > today - silent ? 0 : 5 }))
  const kinds = (silent: number) =>
    findPassAlarms({ passes: healthy, hours: since(silent), now }).map(({ kind }) => kind)
  expect([0, 1, 2, 3].map(kinds)).toEqual([[], [], [], ['nothing_new']])
  const nights = since(3).map((one) =>
    one.hour % 24 >= 8 && one.hour % 24 <= 10 ? { ...one, articles: 0 } : one,
  )
  expect(findPassAlarms({ passes: healthy, hours: nights, now })).toEqual([])
})

it('takes an archive that one pass brought for no measure of the hours to come', () => {
  const today = Math.floor(now.getTime() / 3_600_000)
  const alarmsWith = (backlog: number, silent: number) => {
    const hours = Array.from({ length: 28 * 24 }, (_, index) => ({
      hour: today - index,
      // On Friday at an hour of the silence on Monday.
      articles: index < silent ? 0 : index === 3 * 24 + 1 ? backlog : 1,
    })).toReversed()
    return findPassAlarms({ passes: healthy, hours, now }).map(({ kind }) => kind)
  }
  expect([1, 2000].map((backlog) => alarmsWith(backlog, 3))).toEqual([[], []])
  expect([1, 2000].map((backlog) => alarmsWith(backlog, 24))).toEqual([['nothing_new'], ['nothing_new']])
})

it('takes no first Sundays, of which too little is known, for the pace of the night after', () => {
  const monday = new Date('2026-03-02T03:00:00Z')
  const thisHour = Math.floor(monday.getTime() / 3_600_000)
  const hours = Array.from({ length: 8 * 24 }, (_, index) => {
    const hour = thisHour - 8 * 24 + index + 1
    // One an hour in the nights, ten an hour by day, and nothing since midnight.
    return { hour, articles: hour > thisHour - 4 ? 0 : hour % 24 < 6 ? 1 : 10 }
  })
  expect(findPassAlarms({ passes: healthy, hours, now: monday })).toEqual([])
})

it('waits longer for news on a day that was quiet before, such as a holiday', () => {
  const today = Math.floor(now.getTime() / 3_600_000)
  // Three an hour; in the hours before the silence as many, a third or thrice as many.
  const kinds = (paceBefore: number, silent: number) => {
    const hours = Array.from({ length: 28 * 24 }, (_, index) => {
      const hour = today - 28 * 24 + index + 1
      const articles = hour > today - silent ? 0 : hour > today - silent - 9 ? paceBefore : 3
      return { hour, articles }
    })
    return findPassAlarms({ passes: healthy, hours, now }).map(({ kind }) => kind)
  }
  expect([3, 4, 5, 6, 7].find((silent) => kinds(3, silent).length > 0)).toBe(5)
  expect(kinds(1, 5)).toEqual([])
  expect(kinds(9, 4)).toEqual(['nothing_new'])
})

it('keeps since when an alarm stands, and tells what changed', () => {
  const [one, other] = [
    { kind: 'fields_vanished', subject: 'title', message: '', urls: [] },
    { kind: 'fields_vanished', subject: 'body', message: '', urls: [] },
  ] as const
  const before = sinceWhen([one], [], now)
  const later = sinceWhen([one, other], before, new Date(now.getTime() + 1000))
  expect(later.map(({ since }) => since)).toEqual(['2026-03-02T10:00:00.000Z', '2026-03-02T10:00:01.000Z'])
  expect(alarmChanges(before, later)).toEqual({ raised: [later[1]], cleared: [] })
  expect(alarmChanges(later, before)).toEqual({ raised: [], cleared: [later[1]] })
})

it('tells of an alarm that was over in between as over and raised again', () => {
  const alarm = { kind: 'refused', message: '', urls: [] } as const
  const told = sinceWhen([alarm], [], now)
  const again = sinceWhen([alarm], [], new Date(now.getTime() + 3_600_000))
  expect(alarmChanges(told, again)).toEqual({ raised: again, cleared: told })
  // What an older version wrote down has no moment.
  expect(alarmChanges([alarm], again)).toEqual({ raised: [], cleared: [] })
})

/** Takes what is sent, and answers as it is told to: with a status, or by hanging up. */
async function openReceiver() {
  const got: { id: unknown; header: unknown; body: Record<string, unknown> }[] = []
  const state = { answer: 200 as number | 'none' }
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const sent = z.record(z.string(), z.unknown()).parse(JSON.parse(body))
      got.push({ id: sent['id'], header: request.headers['webhook-id'], body: sent })
      if (state.answer === 'none') request.socket.destroy()
      else response.writeHead(state.answer).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const close = async (): Promise<void> => {
    if (!server.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(close)
  return { got, state, close, address: `http://127.0.0.1:${port}/hooks/s3cret?key=s3cret` }
}

const refused = { kind: 'refused', message: 'the host refuses', urls: [] } as const

it('tells a webhook of the changes, and never its address when that fails', async () => {
  const receiver = await openReceiver()
  const lines: string[] = []
  const tell = webhook(receiver.address, (line) => lines.push(line))
  const raised = sinceWhen([refused], [], now)
  const changes = { siteId: 'gazette', runId: 7, at: now, raised, cleared: [] }
  expect(await tell(changes)).toBe(true)
  expect(receiver.got[0]?.body).toMatchObject({ site: 'gazette', run: 7, raised: [{ kind: 'refused' }] })
  receiver.state.answer = 500
  expect(await tell(changes)).toBe(false)
  await receiver.close()
  expect(await tell(changes)).toBe(false)
  expect(lines).toEqual([
    expect.stringContaining('it answered 500'),
    expect.stringMatching(/\((ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET)\); tried again at its next pass$/),
  ])
  expect(lines.join()).not.toContain('s3cret')
})

it('tells what may have arrived again under the same ids, alone or with what came since', async () => {
  const receiver = await openReceiver()
  const tell = webhook(receiver.address, () => undefined)
  const told = sinceWhen([refused], [], now)
  const later = new Date(now.getTime() + 3_600_000)
  const both = sinceWhen(
    [
      { ...refused, message: 'it refuses more' },
      { ...refused, kind: 'walled' },
    ],
    told,
    later,
  )
  const site = { siteId: 'gazette', cleared: [] }
  receiver.state.answer = 'none'
  expect(await tell({ ...site, runId: 7, at: now, raised: told })).toBe(false)
  receiver.state.answer = 200
  expect(await tell({ ...site, runId: 8, at: later, raised: both.slice(0, 1) })).toBe(true)
  await tell({ ...site, runId: 8, at: later, raised: both })
  await tell({ ...site, runId: 9, at: later, raised: [], cleared: told })
  await tell({ ...site, runId: 9, at: later, raised: sinceWhen([refused], [], later) })
  await tell({ ...site, siteId: 'courier', runId: 10, at: now, raised: told })

  const [lost, again, more, over, anew, other] = receiver.got
  expect(again?.id).toBe(lost?.id)
  expect(receiver.got.map(({ header }) => header)).toEqual(receiver.got.map(({ id }) => id))
  expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(5)
  expect(String(lost?.id)).toMatch(/^message_[0-9a-f]{32}$/)
  const [first, second] = z.array(z.object({ id: z.string() })).parse(more?.body['raised'])
  expect(again?.body['raised']).toMatchObject([{ id: first?.id }])
  const others = [over?.body['cleared'], anew?.body['raised'], other?.body['raised']].map(
    (events) => z.array(z.object({ id: z.string() })).parse(events)[0]?.id,
  )
  expect(new Set([first?.id, second?.id, ...others]).size).toBe(5)
})
