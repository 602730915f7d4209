import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { hostBook } from '../../src/db/hosts.ts'
import { describeEachDatabase } from './each-database.ts'
import { newDatabase } from './new-database.ts'
import { rowsOf } from './table-dump.ts'

const gapMs = 60_000

describeEachDatabase('the turns of hosts', (open) => {
  it('are given one at a time, and the next one its distance after the answer', async () => {
    const book = hostBook(open().db)
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

  it('are as many as may be in flight, and those of lost processes run out', async () => {
    const book = hostBook(open().db)
    const wanted = { host: 'many.example', gapMs: 1, atOnce: 2 }
    const free = () => rowsOf(open(), sql`update hosts set next_allowed_at = now() - interval '1 second'`)
    const taken = []
    for (let n = 0; n < 3; n += 1) {
      taken.push((await book.take(wanted)).isGiven)
      await free()
    }
    expect(taken).toEqual([true, true, false])
    await rowsOf(
      open(),
      sql`update hosts set in_flight[1] = now() - interval '1 second' where host = 'many.example'`,
    )
    expect(await book.take(wanted)).toMatchObject({ isGiven: true })
    expect(
      await rowsOf(
        open(),
        sql`select cardinality(in_flight) as turns from hosts where host = 'many.example'`,
      ),
    ).toEqual([{ turns: 2 }])
  })

  it('last while they are kept', async () => {
    const book = hostBook(open().db)
    const first = await book.take({ host: 'long.example', gapMs: 1, atOnce: 1 })
    if (!first.isGiven) throw new Error('a new host is free')
    // The embedded database tells milliseconds only.
    await rowsOf(open(), sql`select pg_sleep(0.01)::text`)
    const kept = await book.keep('long.example', first.ticket)
    expect(kept).not.toBe(first.ticket)
    await book.end('long.example', first.ticket, 0)
    const inFlight = sql`select cardinality(in_flight) as turns from hosts where host = 'long.example'`
    expect(await rowsOf(open(), inFlight)).toEqual([{ turns: 1 }])
    await book.end('long.example', kept, 0)
    expect(await rowsOf(open(), inFlight)).toEqual([{ turns: 0 }])
  })

  it('are none while the host is to be left alone, and the longest wait counts', async () => {
    const book = hostBook(open().db)
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
  const books = [hostBook((await made.open()).db), hostBook((await made.open()).db)]
  const wanted = { host: 'shared.example', gapMs, atOnce: 3 }
  const turns = await Promise.all(
    Array.from({ length: 40 }, (_, n) => books[n % 2]!.take({ ...wanted, host: `h${n >> 3}.example` })),
  )
  expect(turns.filter(({ isGiven }) => isGiven)).toHaveLength(5)
})
