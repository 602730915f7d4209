import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { ThreadAddress } from '../../src/clocks.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const comments = Array.from({ length: 6 }, (_, index) =>
  commentWith({ nativeId: String(index + 1), publishedAt: new Date(Date.UTC(2026, 2, 1, index)) }),
)
const newest = comments.slice(4)
const late = commentWith({ nativeId: 'late', publishedAt: new Date('2026-03-02T10:30:00Z') })
const full = { pageOrder: 'newest_first' } as const
const partial = { isPartial: true } as const

const address: ThreadAddress = {
  urlHash: urlHash('https://gazette.example/news/bridge'),
  platform: 'wordpress',
  nativeId: '4711',
}

describeEachDatabase('a thread that was read in part', (open) => {
  const threadOf = async (site: string) =>
    (
      await rowsOf(
        open(),
        sql`select reported_count, collected_count, complete, incomplete_reason, full_checked_at, partial_checks,
          (select count(*)::int from comments c where c.thread_id = t.id and
            (c.missing_since is not null or c.state <> 'visible')) as doubted
          from threads t join articles a on a.id = t.article_id where a.site_id = ${site}`,
      )
    )[0]
  const held = { reported_count: 6, collected_count: 6, complete: true, incomplete_reason: null, doubted: 0 }
  const fullAtFirst = { full_checked_at: '2026-03-02 10:00:00+00', partial_checks: 0 }

  it('takes what is new, doubts nothing that it did not meet, and counts all that is held', async () => {
    const { save } = await storeOf(open(), { id: 'partial' })
    await save({ comments, reading: full })
    expect(await threadOf('partial')).toEqual({ ...held, ...fullAtFirst })
    for (const hour of [1, 2, 3]) {
      const saved = await save({
        comments: [late, ...newest],
        at: later(hour),
        reading: { ...partial, reportedCount: 7 },
      })
      expect(saved.comments).toEqual({
        new: hour === 1 ? 1 : 0,
        edited: 0,
        removed: 0,
        unchanged: hour === 1 ? 2 : 3,
      })
      expect(saved.thread).toEqual({ complete: true, incompleteReason: null, isPartial: true })
      expect(await threadOf('partial')).toEqual({
        ...held,
        ...fullAtFirst,
        reported_count: 7,
        collected_count: 7,
        partial_checks: hour,
      })
    }
  })

  it('loses comments only to two full readings', async () => {
    const { save } = await storeOf(open(), { id: 'removals' })
    await save({ comments, reading: full })
    const standing = comments.slice(1)
    const visits = [partial, full, partial, full].map((reading, index) => ({
      comments: reading === full ? standing : newest,
      at: later(index + 1),
      reading: { ...reading, reportedCount: 5 },
    }))
    const removed: number[] = []
    for (const visit of visits) removed.push((await save(visit)).comments.removed)
    expect(removed).toEqual([0, 0, 0, 1])
    expect(await threadOf('removals')).toMatchObject({
      collected_count: 5,
      complete: true,
      partial_checks: 0,
    })
  })

  it('doubts nothing on a site without a counter either', async () => {
    const { save } = await storeOf(open(), { id: 'uncounted' })
    await save({ comments, reading: { ...full, reportedCount: null } })
    for (const hour of [1, 2])
      await save({ comments: newest, at: later(hour), reading: { ...partial, reportedCount: null } })
    expect(await threadOf('uncounted')).toMatchObject({ ...held, reported_count: null, partial_checks: 2 })
  })

  it('is as incomplete as it was', async () => {
    const { save } = await storeOf(open(), { id: 'short' })
    await save({ comments, reading: { ...full, reportedCount: 9 } })
    const shortfall = { complete: false, incomplete_reason: 'shortfall', reported_count: 9 }
    expect(await threadOf('short')).toMatchObject(shortfall)
    await save({ comments: newest, at: later(1), reading: { ...partial, reportedCount: 9 } })
    expect(await threadOf('short')).toMatchObject({ ...shortfall, collected_count: 6 })
    await save({
      comments: newest,
      at: later(2),
      reading: { ...partial, reportedCount: 9, incomplete: 'page_failed' },
    })
    expect(await threadOf('short')).toMatchObject({ complete: false, incomplete_reason: 'page_failed' })
  })

  it('writes nothing but clocks when nothing is new', async () => {
    const { save } = await storeOf(open(), { id: 'quiet' })
    await save({ comments, reading: full })
    const before = await dumpTables(open())
    await save({ comments: newest, at: later(1), reading: { ...partial, reportedCount: 6 } })
    expect(changedColumns(before, await dumpTables(open()))).toEqual([
      'articles.checked_at',
      'articles.written by',
      'threads.article_checked_at',
      'threads.article_next_check_at',
      'threads.checked_at',
      'threads.next_check_at',
      'threads.partial_checks',
      'threads.written by',
    ])
  })

  it('in parts of a long thread doubts nothing either', async () => {
    const { save } = await storeOf(open(), { id: 'long' })
    await save({ comments, reading: full })
    await save({ comments: [late], at: later(1), reading: null })
    const seen = new Set([late, ...newest].map(({ nativeId }) => nativeId))
    await save({ comments: newest, at: later(1), reading: { ...partial, seen, reportedCount: 7 } })
    expect(await threadOf('long')).toEqual({
      ...held,
      ...fullAtFirst,
      reported_count: 7,
      collected_count: 7,
      partial_checks: 1,
    })
  })
})

describeEachDatabase('a thread may be read in part', (open) => {
  it('when it was read in full, in an order, and no comment of it is missed', async () => {
    const { save, store } = await storeOf(open(), { id: 'may' })
    expect(await store.threadMemory(address)).toBeNull()
    await save({ comments, reading: full })
    expect(await store.threadMemory(address)).toMatchObject({
      pageOrder: 'newest_first',
      reportedCount: 6,
      fullCheckedAt: later(0),
      partialChecks: 0,
    })
    await save({ comments: comments.slice(1), at: later(1), reading: { ...full, reportedCount: 5 } })
    expect(await store.threadMemory(address)).toBeNull()
    await save({ comments, at: later(2), reading: full })
    expect(await store.threadMemory(address)).toMatchObject({ fullCheckedAt: later(2) })
  })

  it.each([
    ['its pages showed no order', { pageOrder: null }],
    ['a page failed', { ...full, incomplete: 'page_failed' }],
    ['its reading was broken off', { ...full, incomplete: 'interrupted' }],
  ] as const)('not when %s', async (reason, reading) => {
    const { save, store } = await storeOf(open(), { id: `not-${reason.replaceAll(/\W/g, '-')}` })
    await save({ comments, reading })
    expect(await store.threadMemory(address)).toBeNull()
  })

  it('and knows which comments are held', async () => {
    const { save, store } = await storeOf(open(), { id: 'held' })
    await save({ comments, reading: full })
    const memory = await store.threadMemory(address)
    expect(await store.heldComments(memory!.id, ['late', '2', '6'])).toEqual(new Set(['2', '6']))
  })
})
