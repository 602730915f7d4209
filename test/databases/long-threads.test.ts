import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Comment } from '../../src/extractors/comments/platform.ts'
import { buildTree } from '../../src/extractors/comments/tree.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf, type TestStore } from './page-to-save.ts'
import type { CommentCounts } from '../../src/store.ts'
import { statementsOf } from './statements-of.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const minutes = (count: number): Date => new Date(Date.UTC(2026, 1, 1) + count * 60_000)

/** Replies come before those that they answer, and one in ten answers nobody that is there. */
const mixed = Array.from({ length: 900 }, (_, index) => {
  const number = (index * 389) % 900
  const parent = number % 10 === 0 ? 'absent' : number % 3 === 0 ? null : String(((number * 7) % 900) + 1)
  return commentWith({
    nativeId: String(number + 1),
    parentNativeId: parent,
    publishedAt: number % 11 === 0 ? null : minutes((number * 13) % 500),
  })
})

const seenIn = (comments: readonly Comment[]): Set<string> =>
  new Set(comments.map(({ nativeId }) => nativeId))

/** Saves a thread as a crawl does that reads it in parts of 250. */
async function saveInParts({ save }: TestStore, comments: readonly Comment[], at?: Date, reported?: number) {
  const visit = at === undefined ? {} : { at }
  const parts = Math.ceil(comments.length / 250) - 1
  const counts: CommentCounts[] = []
  for (let part = 0; part < parts; part += 1) {
    const own = comments.slice(part * 250, part * 250 + 250)
    counts.push((await save({ ...visit, comments: own, reading: null })).comments)
  }
  const rest = comments.slice(parts * 250)
  const reading = { seen: seenIn(comments), reportedCount: reported ?? comments.length }
  const last = await save({ ...visit, comments: rest, reading })
  const sum = (name: keyof typeof last.comments) =>
    [...counts, last.comments].reduce((total, count) => total + count[name], 0)
  return {
    thread: last.thread,
    comments: {
      new: sum('new'),
      edited: sum('edited'),
      removed: sum('removed'),
      unchanged: sum('unchanged'),
    },
  }
}

describeEachDatabase('a long thread', (open) => {
  const placesIn = async (site: string) => {
    const rows = await rowsOf(
      open(),
      sql`select c.native_id, p.native_id as parent, r.native_id as root, c.depth, c.position
        from comments c join articles a on a.id = c.article_id
        left join comments p on p.id = c.parent_id join comments r on r.id = c.root_id
        where a.site_id = ${site} order by c.position`,
    )
    return rows.map(({ native_id, parent, root, depth, position }) => [
      native_id,
      { parentNativeId: parent, rootNativeId: root, depth, position },
    ])
  }

  it('stands as it would if it had come at once', async () => {
    const store = await storeOf(open(), { id: 'parts-of-long' })
    expect(await saveInParts(store, mixed)).toEqual({
      thread: { complete: true, incompleteReason: null, isPartial: false },
      comments: { new: 900, edited: 0, removed: 0, unchanged: 0 },
    })
    expect(await placesIn('parts-of-long')).toEqual([...buildTree(mixed)])
  })

  it('is not written again when nothing changed, and takes one edit and one new reply', async () => {
    const store = await storeOf(open(), { id: 'long-again' })
    await saveInParts(store, mixed)
    const before = await dumpTables(open())
    expect((await saveInParts(store, mixed, later(1))).comments).toMatchObject({ new: 0, unchanged: 900 })
    const changed = changedColumns(before, await dumpTables(open()))
    expect(changed.filter((column) => column.startsWith('comment'))).toEqual([])
    const edited = mixed.map((comment, index) =>
      index === 500 ? { ...comment, bodyText: 'other words' } : comment,
    )
    const reply = commentWith({ nativeId: '901', parentNativeId: '2', publishedAt: minutes(0) })
    const grown = [...edited, reply]
    expect((await saveInParts(store, grown, later(2))).comments).toEqual({
      new: 1,
      edited: 1,
      removed: 0,
      unchanged: 899,
    })
    expect(await placesIn('long-again')).toEqual([...buildTree(grown)])
  })

  it('misses a comment once, and knows it removed the second time', async () => {
    const store = await storeOf(open(), { id: 'long-removed' })
    await saveInParts(store, mixed)
    const rest = mixed.slice(1)
    expect((await saveInParts(store, rest, later(1))).comments.removed).toBe(0)
    expect((await saveInParts(store, rest, later(2))).comments.removed).toBe(1)
    expect((await saveInParts(store, rest, later(3))).comments.removed).toBe(0)
    const gone = sql`select c.native_id, c.removed_at from comments c join articles a on a.id = c.article_id
      where a.site_id = 'long-removed' and c.state = 'removed'`
    expect(await rowsOf(open(), gone)).toEqual([
      { native_id: mixed[0]?.nativeId, removed_at: '2026-03-02 12:00:00+00' },
    ])
  })

  it('believes nobody removed while more is missing than before', async () => {
    const store = await storeOf(open(), { id: 'long-shortfall' })
    await saveInParts(store, mixed)
    for (const hour of [1, 2]) {
      const { thread, comments } = await saveInParts(store, mixed.slice(1), later(hour), 900)
      expect([comments.removed, thread?.incompleteReason]).toEqual([0, 'shortfall'])
    }
  })

  it('has replies below their parents while it is being read', async () => {
    const { save } = await storeOf(open(), { id: 'half-read' })
    const chain = Array.from({ length: 6 }, (_, index) =>
      commentWith({ nativeId: `c${index}`, parentNativeId: index === 0 ? null : `c${index - 1}` }),
    )
    await save({ comments: chain.slice(0, 3), reading: null })
    await save({ comments: chain.slice(3), reading: null })
    expect(await placesIn('half-read')).toEqual([...buildTree(chain)])
  })

  it('goes on where its last part ended, though the process died between them, and is looked through but once', async () => {
    const chain = Array.from({ length: 9 }, (_, index) => commentWith({ nativeId: `c${index}` }))
    const { save } = await storeOf(open(), { id: 'in-parts' })
    const last = sql`select t.last_position from threads t join articles a on a.id = t.article_id
      where a.site_id = 'in-parts'`
    await save({ comments: chain.slice(0, 3), reading: null })
    expect(await rowsOf(open(), last)).toEqual([{ last_position: 3 }])
    const again = await storeOf(open(), { id: 'in-parts' })
    const statements = await statementsOf(open(), () =>
      again.save({ comments: chain.slice(3, 6), reading: null }),
    )
    expect(statements.filter((statement) => statement.includes('max(position)'))).toEqual([])
    expect(await rowsOf(open(), last)).toEqual([{ last_position: 6 }])
    const reading = { seen: seenIn(chain), reportedCount: 9 }
    await again.save({ comments: chain.slice(6), reading })
    expect(await rowsOf(open(), last)).toEqual([{ last_position: null }])
    expect(await placesIn('in-parts')).toEqual([...buildTree(chain)])
  })

  it('may be 10,000 replies deep', async () => {
    const store = await storeOf(open(), { id: 'deep' })
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      commentWith({
        nativeId: String(index + 1),
        parentNativeId: index === 0 ? null : String(index),
        publishedAt: minutes(index),
      }),
    )
    await store.save({ comments: chain.toReversed() })
    const deepest = sql`select max(depth)::int as depth, count(distinct root_id)::int as roots,
      bool_and(depth + 1 = position) as fits from comments c join articles a on a.id = c.article_id
      where a.site_id = 'deep'`
    expect(await rowsOf(open(), deepest)).toEqual([{ depth: 9999, roots: 1, fits: true }])
  })

  it('keeps ids over 2^53 apart, and a circle of parents that comes in two parts', async () => {
    const store = await storeOf(open(), { id: 'big-ids' })
    const ids = ['9007199254740993', '9007199254740992', '9007199254740994']
    const circle = ids.map((nativeId, index) =>
      commentWith({ nativeId, parentNativeId: ids[(index + 1) % 3] ?? null }),
    )
    await store.save({ comments: circle.slice(0, 1), reading: null })
    await store.save({ comments: circle.slice(1), reading: { seen: new Set(ids), reportedCount: 3 } })
    expect(await placesIn('big-ids')).toEqual([...buildTree(circle)])
  })

  it('goes over in several statements when its comments are large', async () => {
    const store = await storeOf(open(), { id: 'large' })
    const large = ['1', '2', '3', '4'].map((nativeId) =>
      commentWith({ nativeId, bodyText: 'x'.repeat(1_000_000), bodyHtml: `<p>${'x'.repeat(2_000_000)}</p>` }),
    )
    expect((await store.save({ comments: large })).comments.new).toBe(4)
    const lengths = sql`select length(c.body_text) as n from comments c join articles a on a.id = c.article_id
      where a.site_id = 'large'`
    expect(await rowsOf(open(), lengths)).toEqual(large.map(() => ({ n: 1_000_000 })))
  })

  it('of which nobody asked for the comments is known all the same, and stays as it was when it is held', async () => {
    const { save } = await storeOf(open(), { id: 'skipped' })
    const coverage = sql`select reported_count, collected_count, missing_count, complete, incomplete_reason
      from thread_coverage where site_id = 'skipped'`
    const skipped = { reportedCount: 3, incomplete: 'skipped' } as const
    await save({ comments: [], reading: skipped })
    const unread = { reported_count: 3, collected_count: 0, missing_count: 3, complete: false }
    expect(await rowsOf(open(), coverage)).toEqual([{ ...unread, incomplete_reason: 'skipped' }])
    const three = mixed.slice(0, 3)
    await save({ comments: three, at: later(1) })
    expect((await save({ comments: [], reading: skipped, at: later(2) })).thread).toBeNull()
    expect(await rowsOf(open(), coverage)).toEqual([
      { reported_count: 3, collected_count: 3, missing_count: 0, complete: true, incomplete_reason: null },
    ])
  })
})
