import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PageOrder, ThreadMemory } from '../../../src/clocks.ts'
import { mayReadInPart, PageOrderWatch, PartialReading } from '../../../src/crawlers/partial-reading.ts'
import { followThread } from '../../../src/crawlers/threads.ts'
import { commentOf } from '../../../src/extractors/comments/comment.ts'
import type { Ask, Batch, Comment, Thread } from '../../../src/extractors/comments/platform.ts'

const HOUR = 3_600_000
const start = Date.UTC(2026, 2, 1)
const url = 'https://gazette.example/7'

const rootAt = (minute: number, fields: Partial<Comment> = {}): Comment =>
  commentOf({
    nativeId: `c${minute}`,
    publishedAt: new Date(start + minute * 60_000),
    publishedPrecision: 'second',
    ...fields,
  })

const replyTo = (root: number, nativeId: string): Comment =>
  rootAt(90_000, { nativeId, parentNativeId: `c${root}` })

const roots = (count: number): Comment[] => Array.from({ length: count }, (_, index) => rootAt(index))

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** A thread as its site shows it: pages of roots with the replies to them, in one of the ways in which engines page. */
interface Shown {
  readonly order: PageOrder | 'newest_last by cursor'
  readonly roots: readonly Comment[]
  readonly replies?: readonly Comment[]
  readonly pageSize?: number
  readonly reportedCount?: number | null
}

function pagesOf({ order, roots, replies = [], pageSize = 20 }: Shown): Comment[][] {
  const sorted = order === 'newest_first' ? roots.toReversed() : roots
  return chunks(sorted, pageSize).map((page) =>
    page.flatMap((root) => [root, ...replies.filter((reply) => reply.parentNativeId === root.nativeId)]),
  )
}

const numberOf = (ask: Ask): number => Number(/page=(\d+)/.exec(ask.url)?.[1] ?? 1)
const pageAsk = (number: number): Ask => ({ url: `${url}?page=${number}` })

/** Reads the thread; its first page is the article's own. @returns the numbers of the pages that were asked for. */
async function read(shown: Shown, partial: PartialReading | null) {
  const pages = pagesOf(shown)
  const asked: number[] = []
  const all = pages.map((_, index) => index + 1)
  const opening = shown.order === 'last_first' ? pages.length : 1
  const counted = shown.roots.length + (shown.replies?.length ?? 0)
  const reportedCount = shown.reportedCount === undefined ? counted : shown.reportedCount
  const batchOf = (page: number): Batch => {
    const isChain = shown.order === 'newest_first' || shown.order === 'newest_last by cursor'
    const next = isChain ? (page < pages.length ? [page + 1] : []) : page === opening ? all : []
    return {
      comments: pages[page - 1] ?? [],
      next: next.filter((number) => number !== page).map(pageAsk),
      ...(reportedCount === null ? {} : { reportedCount }),
    }
  }
  const thread: Thread = {
    platform: 'test',
    nativeId: '7',
    pageUrl: url,
    reportedCount: null,
    closed: false,
    timezone: 'UTC',
    data: {},
  }
  const met: string[] = []
  const note = (comments: readonly Comment[]) => void met.push(...comments.map(({ nativeId }) => nativeId))
  const followed = await followThread(
    { thread, ask: { url }, batch: batchOf(opening) },
    {
      answer: async (ask) => {
        asked.push(numberOf(ask))
        return { url: ask.url, status: 200, headers: {}, body: new Uint8Array(), fetchedAt: new Date(start) }
      },
      read: async (_answer, ask) => batchOf(numberOf(ask)),
      takePart: async (part) => note(part),
      noteFailure: async (failure) => Promise.reject(failure),
      signal: new AbortController().signal,
    },
    partial,
  )
  note(followed.comments)
  return { asked, met: new Set(met), reading: followed.reading }
}

const memory: ThreadMemory = {
  id: 1,
  pageOrder: 'newest_first',
  reportedCount: null,
  fullCheckedAt: new Date(start),
  partialChecks: 0,
}

const knowing = (pageOrder: PageOrder, held: readonly Comment[], reportedCount: number | null) => {
  const ids = new Set(held.map(({ nativeId }) => nativeId))
  return new PartialReading(
    { ...memory, pageOrder, reportedCount },
    async (asked) => new Set(asked.filter((id) => ids.has(id))),
  )
}

describe('a thread that is held', () => {
  it.each<[Shown['order'], PageOrder, number[]]>([
    ['newest_first', 'newest_first', []],
    ['newest_last', 'newest_last', [9]],
    ['last_first', 'last_first', []],
    // One page leads to the next, so that the newest is met at the end.
    ['newest_last by cursor', 'newest_last', [2, 3, 4, 5, 6, 7, 8, 9]],
  ])('and pages %s is read until known comments are met', async (order, kept, asked) => {
    const held = roots(161)
    const shown: Shown = { order, roots: roots(165) }
    const result = await read(shown, knowing(kept, held, 161))
    expect(result.asked).toEqual(asked)
    expect([...result.met]).toEqual(expect.arrayContaining(['c161', 'c162', 'c163', 'c164']))
    expect(result.reading).toMatchObject({
      isPartial: order !== 'newest_last by cursor',
      incomplete: null,
      reportedCount: 165,
    })
  })

  it('is read on to further pages where the newest one is all new', async () => {
    const shown: Shown = { order: 'newest_last', roots: roots(200) }
    const { asked, reading } = await read(shown, knowing('newest_last', roots(150), 150))
    expect(asked).toEqual([10, 9, 8])
    expect(reading.isPartial).toBe(true)
  })

  it('is read in full when the counter rose by more than was found, until it is', async () => {
    const shown: Shown = { order: 'newest_first', roots: roots(160), replies: [replyTo(90, 'late')] }
    const { asked, met } = await read(shown, knowing('newest_first', roots(160), 160))
    expect(asked).toEqual([2, 3, 4])
    expect(met.has('late')).toBe(true)
  })

  it.each([
    ['fell', 159],
    ['can not be read any more', null],
  ])('is read in full when the counter %s', async (_, reportedCount) => {
    const shown: Shown = { order: 'newest_first', roots: roots(160), reportedCount }
    const { reading, asked } = await read(shown, knowing('newest_first', roots(160), 160))
    expect(asked).toEqual([2, 3, 4, 5, 6, 7, 8])
    expect(reading.isPartial).toBe(false)
  })

  it('is not taken for known by a pinned comment', async () => {
    const pinned = rootAt(3, { nativeId: 'pinned', isPinned: true })
    const newest = [...roots(30).slice(10), pinned]
    const shown: Shown = { order: 'newest_first', roots: newest, pageSize: 5, reportedCount: null }
    const { met } = await read(shown, knowing('newest_first', [pinned, ...roots(15)], null))
    expect(met.has('c15')).toBe(true)
  })

  it('shows all that is new, or is read in full, whatever was written, removed or answered', async () => {
    const order = fc.constantFrom<PageOrder>('newest_first', 'newest_last', 'last_first')
    const story = fc.record({
      order,
      held: fc.integer({ min: 0, max: 120 }),
      fresh: fc.integer({ min: 0, max: 60 }),
      answered: fc.array(fc.nat({ max: 119 }), { maxLength: 4 }),
      removed: fc.array(fc.nat({ max: 119 }), { maxLength: 4 }),
      pageSize: fc.integer({ min: 1, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(story, async ({ order, held, fresh, answered, removed, pageSize }) => {
        const gone = new Set(removed.map((minute) => `c${minute}`))
        const standing = roots(held + fresh).filter(({ nativeId }) => !gone.has(nativeId))
        const replies = [...new Set(answered)].map((root) => replyTo(root, `reply to ${root}`))
        const shownReplies = replies.filter(({ parentNativeId }) =>
          standing.some(({ nativeId }) => nativeId === parentNativeId),
        )
        const shown: Shown = { order, roots: standing, replies: shownReplies, pageSize }
        const { met, reading } = await read(shown, knowing(order, roots(held), held))
        const missed = [...standing, ...shownReplies].filter(({ nativeId }) => !met.has(nativeId))
        if (!reading.isPartial) expect(missed).toEqual([])
        // As many removals as late replies leave the counter as it was: what they hide waits for the full reading.
        const isMasked = removed.length > 0 && shownReplies.length > 0
        const isNew = ({ nativeId }: Comment) => Number(nativeId.slice(1)) >= held || nativeId.includes(' ')
        if (!isMasked) expect(missed.filter(isNew)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('the order of pages', () => {
  const orderOf = (pages: readonly (readonly Comment[])[], reportedCount: number | null = null) => {
    const watch = new PageOrderWatch()
    for (const comments of pages) watch.take({ comments, next: [] })
    return watch.order(pages.flat().length, reportedCount)
  }
  const pages = chunks(roots(120), 20)
  const [first = [], ...others] = pages

  it.each<[string, readonly (readonly Comment[])[], PageOrder | null]>([
    ['that begin with the oldest', pages, 'newest_last'],
    ['that begin with the newest', pages.toReversed(), 'newest_first'],
    ['that open at the last', [pages.at(-1) ?? [], ...pages.slice(0, -1)], 'last_first'],
    [
      'of which an article shows the oldest, and which begin with these again',
      [first, ...pages],
      'newest_last',
    ],
    [
      'of which an article shows some, and which begin with the oldest',
      [roots(90).slice(50), ...pages],
      'newest_last',
    ],
    ['in any other order', [...others, first].toReversed().with(2, first), null],
    ['that are few', chunks(roots(120), 60), null],
    ['with few comments', chunks(roots(99), 10), null],
    ['without times', pages.map((page) => page.map((comment) => ({ ...comment, publishedAt: null }))), null],
    [
      'with times such as "2 hours ago"',
      pages.map((page) => page.map((comment) => ({ ...comment, publishedPrecision: 'relative' as const }))),
      null,
    ],
    ['with replies by requests of their own, uncounted', [...pages, [replyTo(3, 'r')]], null],
    ['sorted within by anything else', pages.map((page) => page.toReversed()), 'newest_last'],
    [
      'below a pinned comment',
      pages.with(3, [rootAt(1, { isPinned: true }), ...(pages[3] ?? [])]),
      'newest_last',
    ],
  ])('%s', (_, shown, order) => {
    expect(orderOf(shown)).toBe(order)
  })

  it('counts replies by requests of their own where a counter would tell of those not made', () => {
    expect(orderOf([...pages, [replyTo(3, 'r')]], 121)).toBe('newest_last')
  })

  it('is seen by a full reading, and not by one from the end', async () => {
    const shown: Shown = { order: 'newest_last', roots: roots(120) }
    expect((await read(shown, null)).reading).toMatchObject({ pageOrder: 'newest_last', isPartial: false })
    const fromTheEnd = await read(shown, knowing('newest_last', roots(10), 10))
    expect(fromTheEnd.reading).toMatchObject({ pageOrder: null })
  })
})

describe('a reading in part', () => {
  const at = (hours: number): Date => new Date(start + hours * HOUR)

  it.each([
    ['an hour after a full one', 1, 0, true],
    ['as the sixth since a full one', 1, 5, true],
    ['as the seventh since a full one', 1, 6, false],
    ['a day after a full one', 24, 0, false],
    ['before a full one, by a clock that was put back', -1, 0, false],
  ])('%s', (_, hours, partialChecks, may) => {
    expect(mayReadInPart({ ...memory, partialChecks }, at(hours))).toBe(may)
  })
})
