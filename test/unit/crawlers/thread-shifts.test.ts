import { array, assert, asyncProperty, constantFrom, integer, nat, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followThread, type FollowedThread } from '../../../src/crawlers/threads.ts'
import type { Ask, Batch } from '../../../src/extractors/comments/platform.ts'
import { commentOf } from './comment-of.ts'

const PER_PAGE = 5

/** A thread that changes between two requests, as a server with numbered pages shows it. */
class ChangingThread {
  readonly asked: number[] = []
  readonly parts: string[] = []
  readonly #shown: string[]
  readonly #hasTotal: boolean
  #added = 0

  constructor(count: number, hasTotal = true) {
    this.#shown = Array.from({ length: count }, (_, index) => `c${index}`)
    this.#hasTotal = hasTotal
  }

  get shown(): readonly string[] {
    return this.#shown
  }

  remove(place: number): void {
    this.#shown.splice(place % Math.max(1, this.#shown.length), 1)
  }

  add(place: number): void {
    this.#shown.splice(place % (this.#shown.length + 1), 0, `added${this.#added++}`)
  }

  #page(ask: Ask): Batch {
    const number = Number(ask.note?.['page'])
    this.asked.push(number)
    const rows = this.#shown.slice((number - 1) * PER_PAGE, number * PER_PAGE)
    return {
      comments: rows.map((id) => commentOf(id)),
      next: rows.length === PER_PAGE ? [pageAsk(number + 1)] : [],
      ...(this.#hasTotal ? { reportedCount: this.#shown.length } : {}),
    }
  }

  /** @param change what becomes of the thread before each request but the first. */
  async read(change: () => void): Promise<FollowedThread> {
    const thread = {
      platform: 'isso',
      nativeId: '7',
      pageUrl: 'https://gazette.example/7',
      reportedCount: null,
      closed: false,
      timezone: 'UTC',
      data: {},
    }
    return followThread(
      { thread, ask: pageAsk(1), batch: null },
      {
        answer: async ({ url }) => {
          if (this.asked.length > 0) change()
          return { url, status: 200, headers: {}, body: new Uint8Array(), fetchedAt: new Date(0) }
        },
        read: async (_, ask) => this.#page(ask),
        takePart: async (part) => {
          this.parts.push(...part.map(({ nativeId }) => nativeId))
        },
        noteFailure: () => Promise.reject(new Error('nothing fails here')),
        signal: new AbortController().signal,
      },
    )
  }
}

const pageAsk = (page: number): Ask => ({
  url: `https://talk.example/comments?page=${page}`,
  note: { page: String(page) },
})

/** Does each of these once, one before each request. */
function inTurn(changes: readonly (() => void)[]): () => void {
  const left = [...changes]
  return () => left.shift()?.()
}

const nothing = (): void => undefined

describe('a thread whose comments move between its pages while it is read', () => {
  it('loses none when one that was read is removed, which hides another', async () => {
    const talk = new ChangingThread(12)
    const { comments, reading } = await talk.read(inTurn([nothing, () => talk.remove(0)]))
    expect(talk.asked).toEqual([1, 2, 3, 1, 2, 3])
    expect(comments.map(({ nativeId }) => nativeId)).toContain('c10')
    expect(reading).toMatchObject({ reportedCount: 11, incomplete: null })
    expect(reading.seen.size).toBe(12)
  })

  it('finds what was added among those that were read', async () => {
    const talk = new ChangingThread(12)
    const { reading } = await talk.read(inTurn([nothing, () => talk.add(0)]))
    expect(talk.asked).toEqual([1, 2, 3, 1, 2, 3])
    expect([...reading.seen]).toEqual(expect.arrayContaining([...talk.shown]))
  })

  it('finds it by the comment that comes again where the site reports no number', async () => {
    const talk = new ChangingThread(12, false)
    const { reading } = await talk.read(inTurn([nothing, () => talk.add(0)]))
    expect(talk.asked).toEqual([1, 2, 3, 1, 2, 3])
    expect([...reading.seen]).toEqual(expect.arrayContaining([...talk.shown]))
  })

  it('is read once when comments are only added at its end', async () => {
    const talk = new ChangingThread(12)
    const { reading } = await talk.read(inTurn([nothing, () => talk.add(talk.shown.length)]))
    expect(talk.asked).toEqual([1, 2, 3])
    expect(reading).toMatchObject({ reportedCount: 13, incomplete: null })
    expect(reading.seen.size).toBe(13)
  })

  it('is given up after five readings that each find more, and is held as it was read', async () => {
    const talk = new ChangingThread(30)
    const { reading } = await talk.read(() => talk.add(0))
    expect(talk.asked.filter((page) => page === 1)).toHaveLength(5)
    expect(reading.incomplete).toBe('shifted')
    expect(Array.from({ length: 30 }, (_, index) => `c${index}`).every((id) => reading.seen.has(id))).toBe(
      true,
    )
  })

  it('hands each comment on once, however often a long one is read', async () => {
    const talk = new ChangingThread(2500)
    const { comments, reading } = await talk.read(inTurn([nothing, nothing, () => talk.remove(0)]))
    const handed = [...talk.parts, ...comments.map(({ nativeId }) => nativeId)]
    expect(talk.asked.filter((page) => page === 1)).toHaveLength(2)
    expect(handed).toHaveLength(2500)
    expect(new Set(handed)).toEqual(reading.seen)
  })

  it('holds whatever was shown throughout, or says that it may not', async () => {
    const change = record({
      kind: constantFrom('add', 'remove', 'stay', 'stay'),
      place: nat(60),
    })
    await assert(
      asyncProperty(integer({ min: 0, max: 60 }), array(change), async (count, changes) => {
        const talk = new ChangingThread(count)
        const first = talk.shown.slice()
        const { reading } = await talk.read(
          inTurn(
            changes.map(({ kind, place }) => () => {
              if (kind === 'add') talk.add(place)
              if (kind === 'remove') talk.remove(place)
            }),
          ),
        )
        expect([null, 'shifted']).toContain(reading.incomplete)
        expect(talk.asked.filter((page) => page === 1).length).toBeLessThanOrEqual(5)
        const throughout = first.filter((id) => talk.shown.includes(id))
        const missed = throughout.filter((id) => !reading.seen.has(id))
        if (reading.incomplete === null) expect(missed).toEqual([])
      }),
      { numRuns: 2000, seed: 4 },
    )
  })
})
