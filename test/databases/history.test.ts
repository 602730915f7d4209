import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { redactRemoved } from '../../src/db/redactions.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, pageOf, storeOf, type Visit } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const first = commentWith({ nativeId: '1' })
const second = commentWith({ nativeId: '2', publishedAt: new Date('2026-03-01T09:00:00Z') })
const both = [first, second]
const edited = { ...second, bodyText: 'other words of 2', bodyHtml: '<p>other words of 2</p>' }
const flagged = { ...second, state: 'removed' as const, bodyText: '', bodyHtml: '', authorName: null }
const hidden = { ...flagged, state: 'withheld' as const }

describeEachDatabase('history', (open) => {
  const statesOf = (site: string) =>
    rowsOf(
      open(),
      sql`select s.at, s.former_state, s.state, s.evidence from comment_states s
        join comments c on c.id = s.comment_id join articles a on a.id = c.article_id
        where a.site_id = ${site} order by s.at`,
    )
  const commentOf = async (site: string) =>
    (
      await rowsOf(
        open(),
        sql`select c.state, c.body_text, c.author_name, c.revision, c.removed_at, c.redacted_at
          from comments c join articles a on a.id = c.article_id
          where a.site_id = ${site} and c.native_id = '2'`,
      )
    )[0]
  const asOf = async (site: string, hours: number) =>
    (
      await rowsOf(
        open(),
        sql`select v.native_id, v.body_text, v.state, v.revision from threads t
          join articles a on a.id = t.article_id
          cross join lateral thread_as_of(t.id, ${later(hours).toISOString()}::timestamptz) v
          where a.site_id = ${site} order by v.position`,
      )
    ).map((row) => Object.values(row).join(' | '))

  it('tells removal and return of a comment, and makes no revision of them', async () => {
    const { save } = await storeOf(open(), { id: 'return' })
    await save({ comments: both })
    for (const hour of [1, 2]) await save({ comments: [first], at: later(hour) })
    await save({ comments: both, at: later(3) })
    await save({ comments: [first, flagged], at: later(4) })
    expect(await statesOf('return')).toEqual([
      { at: '2026-03-02 12:00:00+00', former_state: 'visible', state: 'removed', evidence: 'absence' },
      { at: '2026-03-02 13:00:00+00', former_state: 'removed', state: 'visible', evidence: 'shown' },
      { at: '2026-03-02 14:00:00+00', former_state: 'visible', state: 'removed', evidence: 'platform' },
    ])
    expect(await commentOf('return')).toMatchObject({
      state: 'removed',
      body_text: 'words of 2',
      revision: 1,
    })
    expect(await rowsOf(open(), sql`select 1 from comment_revisions`)).toEqual([])
  })

  it('keeps the words of a comment that is hidden, and shows them again with it', async () => {
    const { save } = await storeOf(open(), { id: 'hidden' })
    await save({ comments: both })
    await save({ comments: [first, hidden], at: later(1) })
    expect(await commentOf('hidden')).toMatchObject({
      state: 'withheld',
      body_text: 'words of 2',
      revision: 1,
    })
    expect((await save({ comments: [first, hidden], at: later(2) })).comments.unchanged).toBe(2)
    await save({ comments: both, at: later(3) })
    expect(await commentOf('hidden')).toMatchObject({ state: 'visible', removed_at: null, revision: 1 })
    expect((await statesOf('hidden')).map(({ state }) => state)).toEqual(['withheld', 'visible'])
  })

  it('shows a thread as it was at a moment', async () => {
    const { save } = await storeOf(open(), { id: 'moments' })
    await save({ comments: [first] })
    await save({ comments: both, at: later(1) })
    await save({ comments: [first, edited], at: later(2) })
    await save({ comments: [first, flagged], at: later(3) })
    await save({ comments: [first, edited], at: later(4) })
    expect(await asOf('moments', -1)).toEqual([])
    expect(await asOf('moments', 0.5)).toEqual(['1 | words of 1 | visible | 1'])
    expect((await asOf('moments', 1.5))[1]).toBe('2 | words of 2 | visible | 1')
    expect((await asOf('moments', 2.5))[1]).toBe('2 | other words of 2 | visible | 2')
    expect((await asOf('moments', 3.5))[1]).toBe('2 | other words of 2 | removed | 2')
    expect((await asOf('moments', 4.5))[1]).toBe('2 | other words of 2 | visible | 2')
  })

  it('does not count a changed score as a revision', async () => {
    const { save } = await storeOf(open(), { id: 'scores' })
    await save({ comments: both })
    await save({ comments: [first, { ...second, likes: 7, score: 7 }], at: later(1) })
    expect(await commentOf('scores')).toMatchObject({ revision: 1 })
  })

  const removal = async (id: string) => {
    const { save } = await storeOf(open(), { id })
    await save({ comments: both })
    await save({ comments: [first, edited], at: later(1) })
    await save({ comments: [first, flagged], at: later(2) })
    return save
  }
  const historyOf = async (site: string) =>
    (
      await rowsOf(
        open(),
        sql`select h.body_text from comment_history h join articles a on a.id = h.article_id
          where a.site_id = ${site} and h.native_id = '2' order by h.revision`,
      )
    ).map((row) => row['body_text'])
  const policy = { id: 'redacted', onRemoval: 'redact', redactAfterDays: 30 } as const

  it('lets the words of a removed comment go after the days that its site sets', async () => {
    const save = await removal('redacted')
    expect(await redactRemoved(open().db, policy, later(2 + 24 * 29))).toBe(0)
    expect(await historyOf('redacted')).toEqual(['words of 2', 'other words of 2'])
    expect(await redactRemoved(open().db, policy, later(2 + 24 * 30))).toBe(1)
    expect(await redactRemoved(open().db, policy, later(2 + 24 * 31))).toBe(0)
    expect(await historyOf('redacted')).toEqual(['', ''])
    expect(await commentOf('redacted')).toEqual({
      state: 'removed',
      body_text: '',
      author_name: 'fern',
      revision: 2,
      removed_at: '2026-03-02 12:00:00+00',
      redacted_at: '2026-04-01 12:00:00+00',
    })
    await save({ comments: [first, flagged], at: later(24 * 32) })
    expect(await commentOf('redacted')).toMatchObject({ state: 'removed', body_text: '' })
    await save({ comments: [first, edited], at: later(24 * 33) })
    expect(await commentOf('redacted')).toEqual({
      state: 'visible',
      body_text: 'other words of 2',
      author_name: 'fern',
      revision: 2,
      removed_at: null,
      redacted_at: null,
    })
  })

  it('erases words and name at once where the site says so, and keeps both where it says that', async () => {
    await removal('erased')
    expect(await redactRemoved(open().db, { ...policy, id: 'erased', onRemoval: 'erase' }, later(2))).toBe(1)
    expect(await commentOf('erased')).toMatchObject({ body_text: '', author_name: null, state: 'removed' })
    await removal('kept')
    expect(await redactRemoved(open().db, { ...policy, id: 'kept', onRemoval: 'keep' }, later(9999))).toBe(0)
    expect(await historyOf('kept')).toEqual(['words of 2', 'other words of 2'])
  })

  it('leaves what others quote of a comment that is let go', async () => {
    const { save } = await storeOf(open(), { id: 'quoting' })
    const answer = commentWith({
      nativeId: '3',
      quotes: [{ author: 'fern', text: 'words of 2', nativeId: '2' }],
    })
    await save({ comments: [...both, answer] })
    await save({ comments: [first, flagged, answer], at: later(1) })
    expect(await redactRemoved(open().db, { ...policy, id: 'quoting', redactAfterDays: 0 }, later(1))).toBe(1)
    const [row] = await rowsOf(
      open(),
      sql`select c.quotes from comments c join articles a on a.id = c.article_id
        where a.site_id = 'quoting' and c.native_id = '3'`,
    )
    expect(row).toEqual({ quotes: [{ author: 'fern', text: 'words of 2', native_id: '2' }] })
  })

  const text = (length: number) => 'word '.repeat(length / 5).trim()
  const long = { bodyText: text(1000), bodyHtml: `<p>${text(1000)}</p>` }
  const otherRule = (body: 'heuristic' | 'layout') => ({ ...pageOf().article.rules, body })

  it.each<[string, NonNullable<Visit['article']>, boolean]>([
    ['has no text', { bodyText: '' }, true],
    ['shows the beginning before a wall', { bodyText: text(800), isWalled: true }, true],
    ['gives less than half to another rule', { bodyText: text(100), rules: otherRule('heuristic') }, true],
    ['gives more than half to another rule', { bodyText: text(600), rules: otherRule('heuristic') }, false],
    ['was cut by its editors', { bodyText: text(100), rules: otherRule('layout') }, false],
  ])('keeps the text that is held, or not, when the page %s', async (what, article, isKept) => {
    const id = `less-${what.replaceAll(' ', '-')}`
    const { save, store } = await storeOf(open(), { id })
    await save({ article: long })
    const saved = await save({ article, html: 'other bytes', at: later(1) })
    expect(saved).toMatchObject({ isTextKept: isKept, change: isKept ? 'unchanged' : 'changed' })
    const [row] = await rowsOf(
      open(),
      sql`select length(body_text) as length, checked_at from articles where site_id = ${id}`,
    )
    expect(row?.['length'] === text(1000).length).toBe(isKept)
    expect(row?.['checked_at']).toBe('2026-03-02 11:00:00+00')
    const kept = await rowsOf(open(), sql`select 1 from captures where site_id = ${id}`)
    expect(kept).toHaveLength(2)
    expect(store).toBeDefined()
  })

  it('says that the extractor made a version of the same bytes', async () => {
    const { save } = await storeOf(open(), { id: 'causes' })
    await save({ html: 'one' })
    await save({ html: 'one', article: { title: 'As it is read now' }, at: later(1) })
    await save({ html: 'two', article: { title: 'As the site writes now' }, at: later(2) })
    expect(
      await rowsOf(
        open(),
        sql`select title, cause, seen_at from article_history where site_id = 'causes' order by revision`,
      ),
    ).toEqual([
      { title: 'Bridge over the Lorn reopens', cause: 'site', seen_at: '2026-03-02 10:00:00+00' },
      { title: 'As it is read now', cause: 'extractor', seen_at: '2026-03-02 10:00:00+00' },
      { title: 'As the site writes now', cause: 'site', seen_at: '2026-03-02 12:00:00+00' },
    ])
  })

  it('does not believe that a whole thread is gone unless the site says that it is empty', async () => {
    const three = [...both, commentWith({ nativeId: '3' })]
    const { save } = await storeOf(open(), { id: 'vanished' })
    await save({ comments: three })
    for (const hour of [1, 2]) await save({ comments: [], reading: { reportedCount: null }, at: later(hour) })
    expect(await commentOf('vanished')).toMatchObject({ state: 'visible' })
    for (const hour of [3, 4]) await save({ comments: [], reading: { reportedCount: 0 }, at: later(hour) })
    expect(await commentOf('vanished')).toMatchObject({ state: 'removed' })
  })
})
