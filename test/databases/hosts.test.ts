import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import { hostBook } from '../../src/db/hosts.ts'
import { describeEachDatabase } from './each-database.ts'
import { newDatabase } from './new-database.ts'
import { rowsOf } from './table-dump.ts'

const gapMs = 60_000

/** The turns that were given, with the moment (Unix seconds) at which each is over by itself. */
const turnsOf = (open: OpenDatabase, host: string) =>
  rowsOf(
    open,
    sql`select key as ticket, extract(epoch from (value->>'over')::timestamptz)::float8 as over
      from hosts, jsonb_each(in_flight) where host = ${host}`,
  )

describeEachDatabase('the turns of hosts', (open) => {
  it('are given one at a time, and the next one its distance after the answer', async () => {
    const book = hostBook(open())
    const wanted = { host: 'one.example', gapMs, atOnce: 1 }
    const first = await book.take(wanted)
    if (!first.isGiven) throw new Error('a new host is free')
    expect(await book.take(wanted)).toEqual({ isGiven: false, waitMs: expect.any(Number), holdBackMs: 0 })
    await rowsOf(open(), sql`update hosts set next_allowed_at = now() where host = 'one.example'`)
    expect(await book.take(wanted)).toMatchObject({ isGiven: false, waitMs: gapMs })
    await book.end('one.example', first.ticket, 90_000)
    const after = await book.take(wanted)
    expect(after).toMatchObject({ isGiven: false, holdBackMs: 0 })
    const waitMs = after.isGiven ? 0 : after.waitMs
    expect(waitMs).toBeGreaterThan(80_000)
    expect(waitMs).toBeLessThanOrEqual(90_000)
  })

  it('are as many as may be in flight, and those of processes that stand still run out', async () => {
    const book = hostBook(open())
    const wanted = { host: 'many.example', gapMs: 1, atOnce: 2 }
    const taken = []
    for (let n = 0; n < 3; n += 1) {
      taken.push(await book.take(wanted))
      await rowsOf(open(), sql`update hosts set next_allowed_at = now() - interval '1 second'`)
    }
    expect(taken.map(({ isGiven }) => isGiven)).toEqual([true, true, false])
    const [first] = taken
    await rowsOf(
      open(),
      sql`update hosts set in_flight = jsonb_set(in_flight, array[${first?.isGiven ? first.ticket : ''}, 'over'],
        to_jsonb(now() - interval '1 second')) where host = 'many.example'`,
    )
    expect(await book.take(wanted)).toMatchObject({ isGiven: true })
    expect(await turnsOf(open(), 'many.example')).toHaveLength(2)
  })

  it('last while they are kept, and are over once they were ended', async () => {
    const book = hostBook(open())
    const turn = await book.take({ host: 'long.example', gapMs: 1, atOnce: 1 })
    if (!turn.isGiven) throw new Error('a new host is free')
    const [before] = await turnsOf(open(), 'long.example')
    await rowsOf(open(), sql`select pg_sleep(0.01)::text`)
    await book.keep('long.example', turn.ticket)
    const [kept] = await turnsOf(open(), 'long.example')
    expect(kept).toMatchObject({ ticket: turn.ticket })
    expect(Number(kept?.['over'])).toBeGreaterThan(Number(before?.['over']))
    await book.end('long.example', turn.ticket, 0)
    await book.keep('long.example', turn.ticket)
    expect(await turnsOf(open(), 'long.example')).toEqual([])
  })

  it('are given once, when the answer to whoever asked is lost', async () => {
    let isLost = true
    const book = hostBook(open(), async (work) => {
      const answer = await work()
      if (!isLost) return answer
      isLost = false
      return work()
    })
    const turn = await book.take({ host: 'lost.example', gapMs, atOnce: 2 })
    expect(turn).toMatchObject({ isGiven: true })
    expect(await turnsOf(open(), 'lost.example')).toHaveLength(1)
  })

  it('are none while the host is to be left alone, and the longest wait counts', async () => {
    const book = hostBook(open())
    expect(await book.holdBackMs('alone.example')).toBe(0)
    await book.holdBack('alone.example', 3_600_000)
    await book.holdBack('alone.example', 1_000)
    expect(await book.holdBackMs('alone.example')).toBeGreaterThan(3_500_000)
    const turn = await book.take({ host: 'alone.example', gapMs: 1, atOnce: 1 })
    expect(turn).toMatchObject({ isGiven: false })
    expect(turn.isGiven ? 0 : turn.holdBackMs).toBeGreaterThan(3_500_000)
  })
})

it('gives no turn twice to processes that ask at the same time', async () => {
  const made = await newDatabase('server')
  onTestFinished(() => made.remove())
  const books = [hostBook(await made.open()), hostBook(await made.open())]
  const wanted = { host: 'shared.example', gapMs, atOnce: 3 }
  const turns = await Promise.all(
    Array.from({ length: 40 }, (_, n) => books[n % 2]!.take({ ...wanted, host: `h${n >> 3}.example` })),
  )
  expect(turns.filter(({ isGiven }) => isGiven)).toHaveLength(5)
})

describe('the turn of a process that is gone', () => {
  const wanted = { host: 'dead.example', gapMs: 1, atOnce: 1 }
  const otherTurn = (open: OpenDatabase) => hostBook(open).take(wanted)

  it('is over as soon as its session on the server has ended, and not before', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const [one, other] = [await made.open(), await made.open()]
    expect(await hostBook(one).take(wanted)).toMatchObject({ isGiven: true })
    await rowsOf(other, sql`update hosts set next_allowed_at = now()`)
    expect(await otherTurn(other)).toMatchObject({ isGiven: false })
    await one.close()
    await expect.poll(() => otherTurn(other)).toMatchObject({ isGiven: true })
  })

  it('is over as soon as another one opens the embedded database', async () => {
    const made = await newDatabase('embedded')
    onTestFinished(() => made.remove())
    const one = await made.open()
    expect(await hostBook(one).take(wanted)).toMatchObject({ isGiven: true })
    await rowsOf(one, sql`update hosts set next_allowed_at = now()`)
    expect(await otherTurn(one)).toMatchObject({ isGiven: false })
    await one.close()
    expect(await otherTurn(await made.open())).toMatchObject({ isGiven: true })
  })
})
