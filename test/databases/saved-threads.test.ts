import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Comment } from '../../src/extractors/comments/platform.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const first = commentWith({ nativeId: '1' })
const second = commentWith({ nativeId: '2', publishedAt: new Date('2026-03-01T09:00:00Z') })
const reply = commentWith({
  nativeId: '3',
  parentNativeId: '1',
  publishedAt: new Date('2026-03-01T10:00:00Z'),
})

describeEachDatabase('a saved thread', (open) => {
  const commentsOf = (site: string, columns: string) =>
    rowsOf(
      open(),
      sql`select c.native_id, ${sql.raw(columns)} from comments c join articles a on a.id = c.article_id
        where a.site_id = ${site} order by c.position`,
    )
  const threadOf = async (site: string, columns: string) =>
    (
      await rowsOf(
        open(),
        sql`select ${sql.raw(columns)} from threads t join articles a on a.id = t.article_id where a.site_id = ${site}`,
      )
    )[0]

  it('stands in reading order with parent, root and depth', async () => {
    const { save } = await storeOf(open(), { id: 'order' })
    const deep = commentWith({
      nativeId: '4',
      parentNativeId: '3',
      publishedAt: new Date('2026-03-01T11:00:00Z'),
    })
    const saved = await save({ comments: [deep, second, reply, first] })
    expect(saved.comments).toEqual({ new: 4, edited: 0, removed: 0, unchanged: 0 })
    const rows = await rowsOf(
      open(),
      sql`
      select t.native_id, p.native_id as parent, r.native_id as root, t.depth, t.position, t.path, t.reply_count
      from comment_tree t left join comments p on p.id = t.parent_id join comments r on r.id = t.root_id
      where t.site_id = 'order' order by t.path`,
    )
    expect(rows).toEqual([
      { native_id: '1', parent: null, root: '1', depth: 0, position: 1, path: [1], reply_count: 1 },
      { native_id: '3', parent: '1', root: '1', depth: 1, position: 2, path: [1, 2], reply_count: 1 },
      { native_id: '4', parent: '3', root: '1', depth: 2, position: 3, path: [1, 2, 3], reply_count: 0 },
      { native_id: '2', parent: null, root: '2', depth: 0, position: 4, path: [4], reply_count: 0 },
    ])
  })

  it('holds every field of a comment', async () => {
    const { save } = await storeOf(open(), { id: 'fields' })
    const full = commentWith({
      nativeId: 'c-9',
      parentNativeId: 'absent',
      parentConfidence: 'low',
      authorDisplay: 'Fern of the Hill',
      bodyText: 'Not so.',
      quotes: [{ author: 'moss', text: 'The mayor walked.', nativeId: '8' }],
      likes: 7,
      dislikes: 2,
      score: 5,
      isEdited: true,
      editedAt: new Date('2026-03-01T08:10:00Z'),
      isPinned: true,
      isPicked: true,
      authorBadges: ['staff', 'with "quotes", {braces}'],
      isPing: true,
      permalink: 'https://gazette.example/news/bridge#c-9',
    })
    await save({ comments: [full] })
    const columns = `c.parent_id, c.parent_native_id, c.parent_confidence, c.author_name, c.author_display,
      c.author_key, c.published_at, c.published_precision, c.published_raw, c.body_text, c.body_html, c.quotes,
      c.likes, c.dislikes, c.score, c.state, c.is_edited, c.edited_at, c.is_pinned, c.is_picked, c.author_badges,
      c.is_ping, c.permalink, c.revision, c.first_seen_at, c.changed_at,
      c.missing_since, c.removed_at`
    expect(await commentsOf('fields', columns)).toEqual([
      {
        native_id: 'c-9',
        parent_id: null,
        parent_native_id: 'absent',
        parent_confidence: 'low',
        author_name: 'fern',
        author_display: 'Fern of the Hill',
        author_key: 'user:fern',
        published_at: '2026-03-01 08:00:00+00',
        published_precision: 'second',
        published_raw: '1 March 2026 08:00',
        body_text: 'Not so.',
        body_html: '<p>words of c-9</p>',
        quotes: [{ author: 'moss', text: 'The mayor walked.', native_id: '8' }],
        likes: 7,
        dislikes: 2,
        score: 5,
        state: 'visible',
        is_edited: true,
        edited_at: '2026-03-01 08:10:00+00',
        is_pinned: true,
        is_picked: true,
        author_badges: ['staff', 'with "quotes", {braces}'],
        is_ping: true,
        permalink: 'https://gazette.example/news/bridge#c-9',
        revision: 1,
        first_seen_at: '2026-03-02 10:00:00+00',
        changed_at: '2026-03-02 10:00:00+00',
        missing_since: null,
        removed_at: null,
      },
    ])
  })

  it('keeps the former words of an edited comment as one revision', async () => {
    const { save } = await storeOf(open(), { id: 'edit' })
    await save({ comments: [first, second] })
    const edited = { ...first, bodyText: 'other words' }
    expect((await save({ comments: [edited, second], at: later(1) })).comments).toEqual({
      new: 0,
      edited: 1,
      removed: 0,
      unchanged: 1,
    })
    await save({ comments: [edited, second], at: later(2) })
    const history = await rowsOf(
      open(),
      sql`
      select h.native_id, h.revision, h.body_text, h.state, h.seen_at, h.is_current from comment_history h
      join articles a on a.id = h.article_id where a.site_id = 'edit' order by h.native_id, h.revision`,
    )
    const at = { state: 'visible', seen_at: '2026-03-02 10:00:00+00' }
    expect(history).toEqual([
      { native_id: '1', revision: 1, body_text: 'words of 1', ...at, is_current: false },
      {
        native_id: '1',
        revision: 2,
        body_text: 'other words',
        ...at,
        seen_at: '2026-03-02 11:00:00+00',
        is_current: true,
      },
      { native_id: '2', revision: 1, body_text: 'words of 2', ...at, is_current: true },
    ])
  })

  it('takes new counts, names and links as observations, not as edits', async () => {
    const { save } = await storeOf(open(), { id: 'likes' })
    await save({ comments: [first] })
    const seen = {
      ...first,
      likes: 12,
      dislikes: 1,
      score: 11,
      authorDisplay: 'Fern',
      permalink: 'https://gazette.example/#1',
    }
    expect((await save({ comments: [seen], at: later(1) })).comments).toEqual({
      new: 0,
      edited: 0,
      removed: 0,
      unchanged: 1,
    })
    const columns = 'c.likes, c.dislikes, c.score, c.author_display, c.permalink, c.revision, c.changed_at'
    expect(await commentsOf('likes', columns)).toEqual([
      {
        native_id: '1',
        likes: 12,
        dislikes: 1,
        score: 11,
        author_display: 'Fern',
        permalink: 'https://gazette.example/#1',
        revision: 1,
        changed_at: '2026-03-02 10:00:00+00',
      },
    ])
    expect(
      await rowsOf(
        open(),
        sql`select count(*)::int as n from comment_revisions r
      join comments c on c.id = r.comment_id join articles a on a.id = c.article_id where a.site_id = 'likes'`,
      ),
    ).toEqual([{ n: 0 }])
  })

  it('takes new marks as observations, and shows them in the tree', async () => {
    const { save } = await storeOf(open(), { id: 'marks' })
    await save({ comments: [first] })
    const marks = [
      { isEdited: true },
      { isEdited: true, editedAt: later(1) },
      { isPinned: true },
      { isPicked: true },
      { authorBadges: ['moderator'] },
    ]
    for (const [index, mark] of marks.entries()) {
      const { comments } = await save({ comments: [{ ...first, ...mark }], at: later(index + 1) })
      expect(comments).toEqual({ new: 0, edited: 0, removed: 0, unchanged: 1 })
      const [row] = await rowsOf(
        open(),
        sql`select is_edited, edited_at is not null as is_dated, is_pinned, is_picked, author_badges
          from comment_tree where site_id = 'marks'`,
      )
      expect(row).toEqual({
        is_edited: mark.isEdited ?? false,
        is_dated: mark.editedAt !== undefined,
        is_pinned: mark.isPinned ?? false,
        is_picked: mark.isPicked ?? false,
        author_badges: mark.authorBadges ?? [],
      })
    }
  })

  it('replaces a time only by a better one', async () => {
    const { save } = await storeOf(open(), { id: 'times' })
    const at = (publishedAt: Date | null, publishedPrecision: Comment['publishedPrecision'], raw: string) => [
      { ...first, publishedAt, publishedPrecision, publishedRaw: raw },
    ]
    const relative = at(new Date('2026-03-02T08:00:00Z'), 'relative', '2 hours ago')
    await save({ comments: relative })
    const before = await dumpTables(open())
    await save({ comments: at(new Date('2026-03-02T08:30:00Z'), 'relative', '3 hours ago'), at: later(1.5) })
    expect(
      changedColumns(before, await dumpTables(open())).filter((column) => column.startsWith('comments.')),
    ).toEqual([])
    const columns = 'c.published_at, c.published_precision, c.published_raw'
    const steps = [
      [at(new Date('2026-03-02T00:00:00Z'), 'day', '2 March'), '2026-03-02 00:00:00+00', 'day', '2 March'],
      [
        at(new Date('2026-03-02T08:07:09Z'), 'second', '08:07:09'),
        '2026-03-02 08:07:09+00',
        'second',
        '08:07:09',
      ],
      [
        at(new Date('2026-03-02T09:00:00Z'), 'relative', 'an hour ago'),
        '2026-03-02 08:07:09+00',
        'second',
        '08:07:09',
      ],
      [
        at(new Date('2026-03-02T00:00:00Z'), 'day', '2 March'),
        '2026-03-02 08:07:09+00',
        'second',
        '08:07:09',
      ],
      [at(null, null, 'once'), '2026-03-02 08:07:09+00', 'second', '08:07:09'],
    ] as const
    for (const [comments, published_at, published_precision, published_raw] of steps) {
      await save({ comments, at: later(3) })
      expect(await commentsOf('times', columns)).toEqual([
        { native_id: '1', published_at, published_precision, published_raw },
      ])
    }
  })

  it('puts a reply in its place when its parent arrives later', async () => {
    const { save } = await storeOf(open(), { id: 'late-parent' })
    await save({ comments: [second, reply], reading: { reportedCount: null } })
    const columns = 'c.parent_id is not null as has_parent, c.depth, c.position, c.revision, c.changed_at'
    const seen = { revision: 1, changed_at: '2026-03-02 10:00:00+00' }
    expect(await commentsOf('late-parent', columns)).toEqual([
      { native_id: '2', has_parent: false, depth: 0, position: 1, ...seen },
      { native_id: '3', has_parent: false, depth: 0, position: 2, ...seen },
    ])
    const saved = await save({ comments: [first, second, reply], at: later(1) })
    expect(saved.comments).toEqual({ new: 1, edited: 0, removed: 0, unchanged: 2 })
    expect(await commentsOf('late-parent', columns)).toEqual([
      {
        native_id: '1',
        has_parent: false,
        depth: 0,
        position: 1,
        revision: 1,
        changed_at: '2026-03-02 11:00:00+00',
      },
      { native_id: '3', has_parent: true, depth: 1, position: 2, ...seen },
      { native_id: '2', has_parent: false, depth: 0, position: 3, ...seen },
    ])
  })

  it('survives parents in a circle and a comment that answers itself', async () => {
    const { save } = await storeOf(open(), { id: 'circle' })
    const circle = [
      commentWith({ nativeId: '1', parentNativeId: '2' }),
      commentWith({ nativeId: '2', parentNativeId: '1' }),
      commentWith({ nativeId: '3', parentNativeId: '3' }),
    ]
    await save({ comments: circle })
    expect(await commentsOf('circle', 'c.depth, c.parent_native_id')).toEqual([
      { native_id: '1', depth: 0, parent_native_id: '2' },
      { native_id: '2', depth: 1, parent_native_id: '1' },
      { native_id: '3', depth: 0, parent_native_id: '3' },
    ])
  })

  it('is taken in parts, and ends with the last of them', async () => {
    const { save } = await storeOf(open(), { id: 'parts' })
    await save({ comments: [reply, second], reading: null })
    expect(await threadOf('parts', 't.complete, t.incomplete_reason, t.checked_at')).toEqual({
      complete: false,
      incomplete_reason: 'interrupted',
      checked_at: null,
    })
    const saved = await save({
      comments: [first],
      reading: { seen: new Set(['1', '2', '3']), reportedCount: 3 },
      capture: { before: null },
    })
    expect(saved).toEqual({
      change: 'unchanged',
      isTextKept: false,
      comments: { new: 1, edited: 0, removed: 0, unchanged: 0 },
      thread: { complete: true, incompleteReason: null, isPartial: false },
    })
    expect(
      await threadOf('parts', 't.complete, t.incomplete_reason, t.collected_count, t.reported_count'),
    ).toEqual({
      complete: true,
      incomplete_reason: null,
      collected_count: 3,
      reported_count: 3,
    })
    expect(await commentsOf('parts', 'c.depth, c.position')).toEqual([
      { native_id: '1', depth: 0, position: 1 },
      { native_id: '3', depth: 1, position: 2 },
      { native_id: '2', depth: 0, position: 3 },
    ])
    // The article's page was fetched once, so it is kept once.
    expect(
      await rowsOf(open(), sql`select count(*)::int as n from captures where site_id = 'parts'`),
    ).toEqual([{ n: 1 }])
  })

  it('takes thousands of comments', async () => {
    const { save } = await storeOf(open(), { id: 'long' })
    const comments = Array.from({ length: 2500 }, (_, index) =>
      commentWith({
        nativeId: String(index + 1),
        parentNativeId: index === 0 ? null : String(Math.ceil(index / 3)),
      }),
    )
    expect((await save({ comments })).comments).toEqual({ new: 2500, edited: 0, removed: 0, unchanged: 0 })
    const edited = comments.map((comment) => ({ ...comment, bodyText: `${comment.bodyText}, edited` }))
    expect((await save({ comments: edited, at: later(1) })).comments).toEqual({
      new: 0,
      edited: 2500,
      removed: 0,
      unchanged: 0,
    })
    const [row] = await rowsOf(
      open(),
      sql`
      select count(*)::int as n, count(distinct path)::int as paths, max(depth)::int as depth,
        bool_and(array_length(path, 1) = depth + 1) as fits
      from comment_tree where site_id = 'long'`,
    )
    expect(row).toEqual({ n: 2500, paths: 2500, depth: 7, fits: true })
    const byPath = await rowsOf(
      open(),
      sql`select position from comment_tree where site_id = 'long' order by path`,
    )
    expect(byPath.map(({ position }) => position)).toEqual(comments.map((_, index) => index + 1))
  })

  it('notes why it is not complete, and what the site reports', async () => {
    const { save } = await storeOf(open(), { id: 'coverage' })
    const saved = await save({ comments: [first], reading: { reportedCount: 4, closed: true } })
    expect(saved.thread).toEqual({ complete: false, incompleteReason: 'shortfall', isPartial: false })
    const coverage = sql`select reported_count, collected_count, missing_count, coverage::float8 as coverage, complete,
      incomplete_reason, closed from thread_coverage where site_id = 'coverage'`
    expect(await rowsOf(open(), coverage)).toEqual([
      {
        reported_count: 4,
        collected_count: 1,
        missing_count: 3,
        coverage: 0.25,
        complete: false,
        incomplete_reason: 'shortfall',
        closed: true,
      },
    ])
    const next = await save({
      comments: [first],
      reading: { reportedCount: 1, incomplete: 'page_failed' },
      at: later(1),
    })
    expect(next.thread).toEqual({ complete: false, incompleteReason: 'page_failed', isPartial: false })
  })

  it('that its page shows no longer keeps its comments, and says that it was not found', async () => {
    const { save } = await storeOf(open(), { id: 'vanished' })
    await save({ comments: [first, second] })
    for (const hour of [1, 2, 3]) await save({ at: later(hour) })
    expect(await threadOf('vanished', 't.complete, t.incomplete_reason, t.collected_count')).toEqual({
      complete: false,
      incomplete_reason: 'not_found',
      collected_count: 2,
    })
    expect(await commentsOf('vanished', 'c.state, c.missing_since')).toEqual([
      { native_id: '1', state: 'visible', missing_since: null },
      { native_id: '2', state: 'visible', missing_since: null },
    ])
    await save({ comments: [first, second], at: later(4) })
    expect(await threadOf('vanished', 't.complete, t.incomplete_reason')).toEqual({
      complete: true,
      incomplete_reason: null,
    })
  })

  it('whose reading was interrupted is due at once', async () => {
    const { save, store } = await storeOf(open(), { id: 'interrupted' })
    await save({ comments: [first, second] })
    await save({ comments: [first, second], at: later(100) })
    expect(await store.duePages(later(105), 10)).toEqual([])
    await save({ comments: [first], at: later(106), reading: { incomplete: 'interrupted' } })
    expect(await store.duePages(later(106), 10)).toEqual(['https://gazette.example/news/bridge'])
  })
})
