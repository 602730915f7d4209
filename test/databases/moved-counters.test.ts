import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const hash = urlHash('https://gazette.example/news/bridge')
const comments = [commentWith({ nativeId: '1' }), commentWith({ nativeId: '2' })]
const never = later(24 * 365)

describeEachDatabase('a thread whose count moved', (open) => {
  const quiet = (site: string) =>
    open().db
      .execute(sql`update threads set closed = true, next_check_at = ${never.toISOString()}::timestamptz
      where article_id in (select id from articles where site_id = ${site})`)
  const dueAt = async (site: string) =>
    (
      await rowsOf(
        open(),
        sql`select t.next_check_at = ${never.toISOString()}::timestamptz as rests, t.announced_count
          from threads t join articles a on a.id = t.article_id where a.site_id = ${site}`,
      )
    )[0]

  it.each([
    ['rose', 3],
    ['fell', 1],
  ])('is due at once when it %s in a feed, however quiet and closed it is', async (way, count) => {
    const id = `feed-${way}`
    const { save, store } = await storeOf(open(), { id })
    await save({ comments })
    await quiet(id)
    expect(await store.knownPages([hash], later(1))).toEqual(new Map([[hash, 'due']]))
    await save({ at: later(1), comments })
    await quiet(id)
    await open().db.execute(
      sql`update threads set article_next_check_at = ${never.toISOString()}::timestamptz where site_id = ${id}`,
    )
    expect(await store.knownPages([hash], later(2))).toEqual(new Map([[hash, 'fresh']]))

    expect(await store.reviveThreads([{ urlHash: hash, count }], later(2))).toEqual(new Set([hash]))
    expect(await store.knownPages([hash], later(2))).toEqual(new Map([[hash, 'due']]))
    // Said again it is no news.
    await quiet(id)
    expect(await store.reviveThreads([{ urlHash: hash, count }], later(3))).toEqual(new Set())
    expect(await dueAt(id)).toEqual({ rests: true, announced_count: count })
  })

  it('is left alone while the count is what was read, and nothing is written', async () => {
    const { save, store } = await storeOf(open(), { id: 'still' })
    await save({ comments })
    const before = await dumpTables(open())
    expect(await store.reviveThreads([{ urlHash: hash, count: 2 }], later(1))).toEqual(new Set())
    expect(
      await store.reviveThreads([{ urlHash: urlHash('https://gazette.example/x'), count: 9 }], later(1)),
    ).toEqual(new Set())
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
  })

  it('by as much as was read of it is not due', async () => {
    const { save, store } = await storeOf(open(), { id: 'read' })
    await save({ comments })
    await store.reviveThreads([{ urlHash: hash, count: 3 }], later(1))
    await save({
      at: later(2),
      comments: [...comments, commentWith({ nativeId: '3' }), commentWith({ nativeId: '4' })],
    })
    await quiet('read')
    await store.reviveThreads([{ urlHash: hash, count: 4 }], later(3))
    expect(await dueAt('read')).toEqual({ rests: true, announced_count: 4 })
  })

  it('in a feed that counts otherwise is due when that count moves, and then only', async () => {
    const { save, store } = await storeOf(open(), { id: 'otherwise' })
    await save({ comments })
    const moved: number[] = []
    for (const [hour, count] of [7, 7, 7, 8, 8].entries()) {
      await quiet('otherwise')
      moved.push((await store.reviveThreads([{ urlHash: hash, count }], later(hour))).size)
    }
    expect(moved).toEqual([1, 0, 0, 1, 0])
  })

  it('is due by another address of its article too', async () => {
    const { save, store } = await storeOf(open(), { id: 'alias' })
    const askedUrl = 'https://gazette.example/amp/bridge'
    await save({ comments, askedUrl })
    await quiet('alias')
    expect(await store.reviveThreads([{ urlHash: urlHash(askedUrl), count: 5 }], later(1))).toEqual(
      new Set([urlHash(askedUrl)]),
    )
    expect(await dueAt('alias')).toEqual({ rests: false, announced_count: 5 })
  })

  it.each([
    ['other', 3, false],
    ['the same', 2, true],
    ['no', null, true],
  ])(
    'on a page that was read without its comments, by %s number, is due or rests',
    async (way, reportedCount, rests) => {
      const id = `page-${way.replace(' ', '-')}`
      const { save } = await storeOf(open(), { id })
      await save({ comments })
      await quiet(id)
      await save({ at: later(1), comments: [], reading: { incomplete: 'skipped', reportedCount } })
      expect(await dueAt(id)).toMatchObject({ rests })
    },
  )
})
