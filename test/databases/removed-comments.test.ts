import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const first = commentWith({ nativeId: '1' })
const second = commentWith({ nativeId: '2', publishedAt: new Date('2026-03-01T09:00:00Z') })
const both = [first, second]

describeEachDatabase('a comment that is no longer there', (open) => {
  const stateOf = async (site: string, nativeId = '2') =>
    (
      await rowsOf(
        open(),
        sql`select c.state, c.missing_since, c.removed_at, c.body_text, c.revision
          from comments c join articles a on a.id = c.article_id
          where a.site_id = ${site} and c.native_id = ${nativeId}`,
      )
    )[0]
  const visible = {
    state: 'visible',
    missing_since: null,
    removed_at: null,
    body_text: 'words of 2',
    revision: 1,
  }

  it('is missing after one complete pass and removed after the second', async () => {
    const { save } = await storeOf(open(), { id: 'absent' })
    await save({ comments: both })
    expect((await save({ comments: [first], at: later(1) })).comments.removed).toBe(0)
    expect(await stateOf('absent')).toEqual({ ...visible, missing_since: '2026-03-02 11:00:00+00' })
    expect((await save({ comments: [first], at: later(2) })).comments).toEqual({
      new: 0,
      edited: 0,
      removed: 1,
      unchanged: 1,
    })
    const removed = {
      ...visible,
      state: 'removed',
      missing_since: '2026-03-02 11:00:00+00',
      removed_at: '2026-03-02 12:00:00+00',
    }
    expect(await stateOf('absent')).toEqual(removed)
    expect((await save({ comments: [first], at: later(3) })).comments.removed).toBe(0)
    expect(await stateOf('absent')).toEqual(removed)
    expect(
      await rowsOf(open(), sql`select collected_count from thread_coverage where site_id = 'absent'`),
    ).toEqual([{ collected_count: 1 }])
  })

  it('is noticed where the site has always reported more than it shows', async () => {
    const { save } = await storeOf(open(), { id: 'shortfall' })
    await save({ comments: both, reading: { reportedCount: 5 } })
    await save({ comments: [first], reading: { reportedCount: 4 }, at: later(1) })
    expect(await stateOf('shortfall')).toEqual({ ...visible, missing_since: '2026-03-02 11:00:00+00' })
    const { thread, comments } = await save({
      comments: [first],
      reading: { reportedCount: 4 },
      at: later(2),
    })
    expect(comments.removed).toBe(1)
    expect(thread).toEqual({ complete: false, incompleteReason: 'shortfall', isPartial: false })
  })

  it('is not believed to be gone while more is missing than before', async () => {
    const { save } = await storeOf(open(), { id: 'growing-shortfall' })
    await save({ comments: both, reading: { reportedCount: 3 } })
    await save({ comments: [first], reading: { reportedCount: 3 }, at: later(1) })
    await save({ comments: [first], reading: { reportedCount: 3 }, at: later(2) })
    expect(await stateOf('growing-shortfall')).toEqual(visible)
  })

  it.each([
    ['a page failed', { incomplete: 'page_failed' as const }],
    ['the thread was capped', { incomplete: 'capped' as const }],
    ['comments moved between pages', { incomplete: 'shifted' as const }],
    ['the site reports more', { reportedCount: 2 }],
    ['the reading was interrupted', { incomplete: 'interrupted' as const }],
  ])('is left alone by passes in which %s', async (reason, reading) => {
    const id = `incomplete-${reason.replaceAll(' ', '-')}`
    const { save } = await storeOf(open(), { id })
    await save({ comments: both })
    for (const hour of [1, 2, 3]) await save({ comments: [first], at: later(hour), reading })
    expect(await stateOf(id)).toEqual(visible)
  })

  it.each([
    ['in full', {}],
    ['to its end, which was broken off', { incomplete: 'interrupted' as const }],
  ])('stays where its thread, read once %s, is found no longer by its server', async (how, before) => {
    const id = `unfound-${how.replaceAll(/\W+/g, '-')}`
    const { save } = await storeOf(open(), { id })
    await save({ comments: both, reading: before })
    const unfound = { reportedCount: 0, isNotFound: true }
    for (const hour of [1, 2, 3]) {
      const { thread } = await save({ comments: [], at: later(hour), reading: unfound })
      expect(thread).toEqual({ complete: false, incompleteReason: 'not_found', isPartial: false })
    }
    expect(await stateOf(id)).toEqual(visible)
    const [thread] = await rowsOf(
      open(),
      sql`select complete, incomplete_reason, reported_count, collected_count from thread_coverage where site_id = ${id}`,
    )
    expect(thread).toEqual({
      complete: false,
      incomplete_reason: 'not_found',
      reported_count: 2,
      collected_count: 2,
    })
  })

  it('is not looked for in a thread that its server makes with the first one', async () => {
    const { save } = await storeOf(open(), { id: 'none-yet' })
    const unfound = { reportedCount: 0, isNotFound: true }
    for (const hour of [0, 1, 2]) {
      const { thread } = await save({ comments: [], at: later(hour), reading: unfound })
      expect(thread).toEqual({ complete: true, incompleteReason: null, isPartial: false })
    }
    expect((await save({ comments: both, at: later(3) })).comments.new).toBe(2)
  })

  it('does not grow more missing by an incomplete pass', async () => {
    const { save } = await storeOf(open(), { id: 'half' })
    await save({ comments: both })
    await save({ comments: [first], at: later(1) })
    await save({ comments: [first], at: later(2), reading: { incomplete: 'blocked' } })
    expect(await stateOf('half')).toEqual({ ...visible, missing_since: '2026-03-02 11:00:00+00' })
  })

  it('is found again before it counts as removed', async () => {
    const { save } = await storeOf(open(), { id: 'found' })
    await save({ comments: both })
    await save({ comments: [first], at: later(1) })
    expect((await save({ comments: both, at: later(2) })).comments).toEqual({
      new: 0,
      edited: 0,
      removed: 0,
      unchanged: 2,
    })
    expect(await stateOf('found')).toEqual(visible)
    await save({ comments: [first], at: later(3) })
    expect(await stateOf('found')).toEqual({ ...visible, missing_since: '2026-03-02 13:00:00+00' })
  })

  it('comes back after it was removed', async () => {
    const { save } = await storeOf(open(), { id: 'back' })
    await save({ comments: both })
    for (const hour of [1, 2]) await save({ comments: [first], at: later(hour) })
    await save({ comments: both, at: later(3) })
    expect(await stateOf('back')).toEqual(visible)
  })

  it('keeps its words when the platform itself flags it as removed', async () => {
    const { save } = await storeOf(open(), { id: 'flagged' })
    await save({ comments: both })
    const flagged = { ...second, state: 'removed' as const, bodyText: '', bodyHtml: '', authorName: null }
    expect((await save({ comments: [first, flagged], at: later(1) })).comments).toEqual({
      new: 0,
      edited: 0,
      removed: 1,
      unchanged: 1,
    })
    const removed = { ...visible, state: 'removed', removed_at: '2026-03-02 11:00:00+00' }
    expect(await stateOf('flagged')).toEqual(removed)
    expect((await save({ comments: [first, flagged], at: later(2) })).comments.removed).toBe(0)
    expect(await stateOf('flagged')).toEqual(removed)
    await save({ comments: both, at: later(3) })
    expect(await stateOf('flagged')).toEqual(visible)
  })

  it('is never the parent that a held reply loses', async () => {
    const { save } = await storeOf(open(), { id: 'orphan' })
    const reply = commentWith({
      nativeId: '3',
      parentNativeId: '1',
      publishedAt: new Date('2026-03-01T10:00:00Z'),
    })
    await save({ comments: [first, reply] })
    for (const hour of [1, 2]) await save({ comments: [reply], at: later(hour) })
    expect(
      await rowsOf(
        open(),
        sql`
        select t.native_id, t.depth, t.state from comment_tree t where t.site_id = 'orphan' order by path`,
      ),
    ).toEqual([
      { native_id: '1', depth: 0, state: 'removed' },
      { native_id: '3', depth: 1, state: 'visible' },
    ])
  })
})
