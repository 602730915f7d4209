import { describe, expect, it } from 'vitest'
import type { RawAnswer } from '../../../src/crawlers/extract/extraction.ts'
import { followThread, type ThreadMeans } from '../../../src/crawlers/threads.ts'
import type { Ask, Batch, Comment, Thread } from '../../../src/extractors/comments/platform.ts'
import { Failure, type FailureClass } from '../../../src/failure.ts'
import { commentOf } from './comment-of.ts'

const thread: Thread = {
  platform: 'wordpress',
  nativeId: '7',
  pageUrl: 'https://gazette.example/7',
  reportedCount: 5,
  closed: false,
  timezone: 'UTC',
  data: {},
}

const page = (number: number | string): Ask => ({ url: `https://gazette.example/7?page=${number}` })

const batch = (ids: readonly string[], next: readonly Ask[] = [], more: Partial<Batch> = {}): Batch => ({
  comments: ids.map((id) => commentOf(id)),
  next,
  ...more,
})

interface Platform {
  /** What the platform reads from the answer to an address; a status of its own is an error of HTTP. */
  readonly read: (ask: Ask, status: number) => Batch
  readonly status?: (ask: Ask) => number
  readonly fail?: (ask: Ask) => Error | null
  readonly signal?: AbortSignal
}

/** Plays a comment platform and records what the loop does with it. */
function play({ read, status, fail, signal }: Platform) {
  const asked: string[] = []
  const failures: FailureClass[] = []
  const parts: string[][] = []
  const means: ThreadMeans = {
    answer: async (ask): Promise<RawAnswer> => {
      asked.push(ask.url.replace('https://gazette.example/7?page=', ''))
      const error = fail?.(ask) ?? null
      if (error !== null) throw error
      return {
        url: ask.url,
        status: status?.(ask) ?? 200,
        headers: {},
        body: new Uint8Array(),
        fetchedAt: new Date(0),
      }
    },
    read: async (answer, ask) => read(ask, answer.status),
    takePart: async (comments) => {
      parts.push(comments.map(({ nativeId }) => nativeId))
    },
    noteFailure: async (failure) => {
      failures.push(failure.class)
    },
    signal: signal ?? new AbortController().signal,
  }
  return { means, asked, failures, parts }
}

const numberOf = (ask: Ask): number => Number(/page=(\d+)/.exec(ask.url)?.[1])
const ids = (comments: readonly Comment[]): string[] => comments.map(({ nativeId }) => nativeId)

const nameAsk = (author: string): Ask => ({ url: `https://names.example/${author}` })

describe('names that come apart from comments', () => {
  const by = (nativeId: string, author: string): Comment => ({ ...commentOf(nativeId), authorKey: author })
  const read = (ask: Ask): Batch => {
    if (!ask.url.startsWith('https://names.example/')) {
      const number = numberOf(ask)
      return {
        comments: [by(`c${number}`, 'ida'), by(`d${number}`, 'tom')],
        names: [nameAsk('ida'), nameAsk('tom')],
        next: number < 2 ? [page(number + 1)] : [],
      }
    }
    const author = ask.url.replace('https://names.example/', '')
    return { comments: [], next: [], authorNames: { [author]: author.toUpperCase() } }
  }

  it('are asked for once each, before the next page', async () => {
    const { means, asked } = play({ read })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', 'https://names.example/ida', 'https://names.example/tom', '2'])
    expect(comments.map((item) => [item.nativeId, item.authorName])).toEqual([
      ['c1', 'IDA'],
      ['d1', 'TOM'],
      ['c2', 'IDA'],
      ['d2', 'TOM'],
    ])
    expect(reading.incomplete).toBeNull()
  })

  it('may be wanting in a thread that is whole', async () => {
    const { means, failures, asked } = play({
      read,
      fail: (ask) => (ask.url.endsWith('/ida') ? new Failure('throttled', 'later', { url: ask.url }) : null),
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', 'https://names.example/ida', '2'])
    expect(comments.map(({ authorName }) => authorName)).toEqual([null, null, null, null])
    expect(failures).toEqual(['throttled'])
    expect(reading.incomplete).toBeNull()
  })

  it('are there when a part of a long thread is handed on, and end at a cap of their own', async () => {
    const writers = Array.from({ length: 6000 }, (_, index) => `w${index}`)
    const { means, asked } = play({
      read: (ask) =>
        ask.url.startsWith('https://names.example/')
          ? read(ask)
          : {
              comments: writers.map((writer) => by(`c-${writer}`, writer)),
              names: writers.map(nameAsk),
              next: [],
            },
    })
    const handed: Comment[] = []
    const takePart: ThreadMeans['takePart'] = async (part) => {
      handed.push(...part)
    }
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, { ...means, takePart })
    expect(asked).toHaveLength(1001)
    expect(handed.slice(998, 1002).map(({ authorName }) => authorName)).toEqual(['W998', 'W999', null, null])
    expect(reading.incomplete).toBeNull()
  })
})

describe('the parts of a long thread', () => {
  /** Ten pages of 600 comments, so that every second one fills a part. */
  const read = (ask: Ask): Batch => {
    const number = numberOf(ask)
    const own = Array.from({ length: 600 }, (_, index) => `${number}-${index}`)
    return batch(own, number < 10 ? [page(number + 1)] : [])
  }

  it('are stored one after the other, each while the next one is read', async () => {
    const { means, asked } = play({ read })
    const askedWhenStored: number[] = []
    let inHand = 0
    const takePart: ThreadMeans['takePart'] = async (part) => {
      inHand += 1
      expect(inHand).toBe(1)
      expect(part).toHaveLength(1200)
      const before = asked.length
      // The pages of the next part are asked for without waiting for this one, and no more than those.
      for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve()
      expect(asked.length - before).toBe(before < 10 ? 2 : 0)
      askedWhenStored.push(asked.length)
      inHand -= 1
    }
    const { comments, reading } = await followThread(
      { thread, ask: page(1), batch: null },
      { ...means, takePart },
    )
    expect(askedWhenStored).toEqual([4, 6, 8, 10, 10])
    expect(comments).toEqual([])
    expect(reading.seen.size).toBe(6000)
  })

  it('that can not be stored end the reading, before anything else is asked for', async () => {
    const { means, asked } = play({ read })
    const takePart: ThreadMeans['takePart'] = async () => {
      throw new Error('the disk is full')
    }
    const following = followThread({ thread, ask: page(1), batch: null }, { ...means, takePart })
    await expect(following).rejects.toThrow('the disk is full')
    expect(asked).toEqual(['1', '2'])
  })

  it('are stored, or have failed, when the reading ends by a fault of its own', async () => {
    const { means } = play({ read, fail: (ask) => (numberOf(ask) === 3 ? new TypeError('a bug') : null) })
    let isStored = false
    const takePart: ThreadMeans['takePart'] = async () => {
      for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve()
      isStored = true
    }
    const following = followThread({ thread, ask: page(1), batch: null }, { ...means, takePart })
    await expect(following).rejects.toThrow('a bug')
    expect(isStored).toBe(true)
  })
})

describe('following a thread', () => {
  it('asks for nothing when the page shows all of it', async () => {
    const { means, asked } = play({ read: () => batch([]) })
    const start = {
      thread,
      ask: { url: thread.pageUrl },
      batch: batch(['1', '2'], [{ url: `${thread.pageUrl}#more` }]),
    }
    const { comments, reading } = await followThread(start, means)
    expect(ids(comments)).toEqual(['1', '2'])
    expect(reading).toMatchObject({
      seen: new Set(['1', '2']),
      reportedCount: 5,
      closed: false,
      incomplete: null,
    })
    expect(asked).toEqual([])
  })

  it('goes from page to page in order, and takes the better count and the close from the answers', async () => {
    const { means, asked, failures } = play({
      read: (ask) => {
        const number = numberOf(ask)
        const next = number < 3 ? [page(number + 1)] : []
        return batch(
          [`a${number}`, `b${number}`],
          next,
          number === 2 ? { reportedCount: 6, closed: true } : {},
        )
      },
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2', '3'])
    expect(ids(comments)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3'])
    expect(reading).toMatchObject({ reportedCount: 6, closed: true, incomplete: null })
    expect(failures).toEqual([])
  })

  it('tells that the server knows no such thread, which alone is no failure', async () => {
    const { means, failures } = play({
      read: () => batch([], [], { reportedCount: 0, isNotFound: true }),
      status: () => 404,
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(reading).toMatchObject({ reportedCount: 0, incomplete: null, isNotFound: true })
    expect(failures).toEqual([])
  })

  it('asks for each page once, whoever names it', async () => {
    const all = [1, 2, 3].map(page)
    const { means, asked } = play({ read: (ask) => batch([`c${numberOf(ask)}`], all) })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2', '3'])
    expect(reading.incomplete).toBeNull()
  })

  it('tells asks of one address apart by method and body', async () => {
    const cursor = (after: string): Ask => ({
      url: 'https://talk.example/graph',
      method: 'POST',
      json: { after },
      note: { after },
    })
    const { means } = play({
      read: (ask) => {
        const after = ask.note?.['after'] ?? ''
        return after === 'c' ? batch(['3']) : batch([after], [cursor(after === 'a' ? 'b' : 'c')])
      },
    })
    const { comments } = await followThread({ thread, ask: cursor('a'), batch: null }, means)
    expect(ids(comments)).toEqual(['a', 'b', '3'])
  })

  it('counts the later of two versions of a comment', async () => {
    const { means } = play({ read: () => ({ comments: [commentOf('1', 'corrected')], next: [] }) })
    const start = { thread, ask: page(1), batch: batch(['1', '2'], [page(2)]) }
    const { comments } = await followThread(start, means)
    expect(comments.map(({ nativeId, bodyText }) => `${nativeId} ${bodyText}`)).toEqual([
      '1 corrected',
      '2 words of 2',
    ])
  })

  it('stops when ever new pages repeat the same comments', async () => {
    const { means, asked, failures } = play({ read: (ask) => batch(['1', '2'], [page(numberOf(ask) + 1)]) })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2'])
    expect(ids(comments)).toEqual(['1', '2'])
    expect(reading.incomplete).toBe('loop')
    expect(failures).toEqual(['thread_loop'])
  })

  it('ends where a cursor leads back, having read each page once', async () => {
    const { means, asked, failures } = play({
      read: (ask) => batch([`c${numberOf(ask)}`], [page((numberOf(ask) % 3) + 1)]),
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2', '3'])
    expect(ids(comments)).toEqual(['c1', 'c2', 'c3'])
    expect(reading.incomplete).toBeNull()
    expect(failures).toEqual([])
  })

  it('stops when ever new pages only shuffle the same comments', async () => {
    const { means, asked, failures } = play({
      read: (ask) => {
        const names = Array.from({ length: 40 }, (_, index) => `c${(index * numberOf(ask)) % 41}`)
        return batch(names, [page(numberOf(ask) + 1)])
      },
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked.length).toBeLessThan(20)
    expect(reading.incomplete).toBe('loop')
    expect(failures).toEqual(['thread_loop'])
  })

  it('reads on past a few pages whose comments are known, each another lot of them', async () => {
    const all = ['1', '2', '3', '4', '5', '6']
    const { means, asked } = play({
      read: (ask) => {
        const number = numberOf(ask)
        const names = number === 1 ? all : number < 6 ? all.slice(0, number) : [`c${number}`]
        return batch(names, number < 8 ? [page(number + 1)] : [])
      },
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toHaveLength(8)
    expect(reading.incomplete).toBeNull()
  })

  it('takes a repeated last page as the end, not as a loop', async () => {
    const { means, failures } = play({
      read: (ask) => batch(['1', '2'], numberOf(ask) === 1 ? [page(2)] : []),
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(reading.incomplete).toBeNull()
    expect(failures).toEqual([])
  })

  it('stops at the cap of requests of a platform without end, with what it read', async () => {
    const { means, asked, failures, parts } = play({
      read: (ask) => batch([String(numberOf(ask))], [page(numberOf(ask) + 1)]),
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toHaveLength(1000)
    expect(comments).toHaveLength(1000)
    expect(parts).toEqual([])
    expect(reading.incomplete).toBe('capped')
    expect(failures).toEqual(['thread_capped'])
  })

  it('stops at the cap of a platform that names ever more pages without comments', async () => {
    const { means, asked } = play({ read: (ask) => batch([], [page(numberOf(ask) + 1)]) })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked.length).toBeLessThanOrEqual(1000)
    expect(reading.incomplete).toBe('capped')
  })

  it('reads 1,000 pages after the article, and what a page names beyond that is not kept', async () => {
    const next = Array.from({ length: 100_000 }, (_, index) => page(index + 1))
    const { means, asked, failures } = play({ read: (ask) => batch([String(numberOf(ask))]) })
    const start = { thread, ask: { url: thread.pageUrl }, batch: batch(['0'], next.slice(0, 1000)) }
    const whole = await followThread(start, means)
    expect(asked).toHaveLength(1000)
    expect([whole.reading.incomplete, whole.reading.seen.size]).toEqual([null, 1001])
    const endless = await followThread({ ...start, batch: batch(['0'], next) }, means)
    expect(asked).toHaveLength(2000)
    expect(endless.reading.incomplete).toBe('capped')
    expect(failures).toEqual(['thread_capped'])
  })

  it('hands on what it has when the answers are large, however few their comments', async () => {
    const { means, parts } = play({
      read: (ask) => batch([String(numberOf(ask))], numberOf(ask) < 5 ? [page(numberOf(ask) + 1)] : []),
    })
    const body = new Uint8Array(9_000_000)
    const answer = async (ask: Ask): Promise<RawAnswer | null> => {
      const small = await means.answer(ask)
      return small === null ? null : { ...small, body }
    }
    const { comments } = await followThread({ thread, ask: page(1), batch: null }, { ...means, answer })
    expect(parts).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(ids(comments)).toEqual(['5'])
  })

  it('stops at the cap of comments', async () => {
    const { means, parts } = play({
      read: (ask) => {
        const start = numberOf(ask) * 50_000
        return batch(
          Array.from({ length: 50_000 }, (_, index) => String(start + index)),
          [page(numberOf(ask) + 1)],
        )
      },
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(reading.incomplete).toBe('capped')
    expect(reading.seen.size).toBe(250_000)
    expect(parts.length).toBeGreaterThan(0)
  })

  it('hands a long thread on in parts, and the rest at its end', async () => {
    const { means, parts } = play({
      read: (ask) => {
        const number = numberOf(ask)
        const size = number === 3 ? 100 : 5000
        const names = Array.from({ length: size }, (_, index) => `${number}-${index}`)
        return batch(names, number < 3 ? [page(number + 1)] : [])
      },
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(parts.map((part) => [part.length, part[0]])).toEqual([
      [5000, '1-0'],
      [5000, '2-0'],
    ])
    expect(comments).toHaveLength(100)
    expect(reading.seen.size).toBe(10_100)
  })
})

describe('a thread of which something fails', () => {
  it('is read another way when the platform knows one', async () => {
    const { means, asked, failures } = play({
      status: (ask) => (ask.url.includes('rest') ? 401 : 200),
      read: (_, status) => (status === 401 ? batch([], [page('html')]) : batch(['1'])),
    })
    const { comments, reading } = await followThread({ thread, ask: page('rest'), batch: null }, means)
    expect(asked).toEqual(['rest', 'html'])
    expect(ids(comments)).toEqual(['1'])
    expect(reading.incomplete).toBeNull()
    expect(failures).toEqual([])
  })

  it('tells the platform of an address that robots.txt refuses as status 0', async () => {
    const { means, failures } = play({
      fail: (ask) => (ask.url.includes('rest') ? new Failure('robots_refused', 'no') : null),
      read: (_, status) => (status === 0 ? batch([], [page('html')]) : batch(['1'])),
    })
    const { comments, reading } = await followThread({ thread, ask: page('rest'), batch: null }, means)
    expect(ids(comments)).toEqual(['1'])
    expect(reading.incomplete).toBeNull()
    expect(failures).toEqual([])
  })

  it('is incomplete for the reason that the platform reads from a refusal', async () => {
    const { means, failures } = play({
      status: () => 403,
      read: (_, status) => batch([], [], status === 403 ? { incomplete: 'blocked' } : {}),
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(reading.incomplete).toBe('blocked')
    expect(failures).toEqual(['blocked'])
  })

  it('is read on past one page that fails', async () => {
    const { means, asked, failures } = play({
      fail: (ask) => (numberOf(ask) === 2 ? new Failure('timeout', 'slow') : null),
      read: (ask) => batch([`c${numberOf(ask)}`], numberOf(ask) === 1 ? [2, 3].map(page) : []),
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2', '3'])
    expect(ids(comments)).toEqual(['c1', 'c3'])
    expect(reading.incomplete).toBe('page_failed')
    expect(failures).toEqual(['timeout'])
  })

  it('is read on past one page that can not be read', async () => {
    const { means, failures } = play({
      read: (ask) => {
        if (numberOf(ask) === 2) throw new Failure('unreadable_answer', 'not JSON')
        return batch([`c${numberOf(ask)}`], numberOf(ask) === 1 ? [2, 3].map(page) : [])
      },
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(ids(comments)).toEqual(['c1', 'c3'])
    expect(reading.incomplete).toBe('page_failed')
    expect(failures).toEqual(['unreadable_answer'])
  })

  it('leaves a host alone that wants to be', async () => {
    const { means, asked, failures } = play({
      fail: (ask) => (numberOf(ask) === 2 ? new Failure('throttled', 'wait') : null),
      read: () => batch(['1'], [2, 3].map(page)),
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2'])
    expect(ids(comments)).toEqual(['1'])
    expect(reading.incomplete).toBe('blocked')
    expect(failures).toEqual(['throttled'])
  })

  it('passes on what is no failure of the page', async () => {
    const { means } = play({ fail: () => new TypeError('a fault of ours'), read: () => batch([]) })
    await expect(followThread({ thread, ask: page(1), batch: null }, means)).rejects.toThrow(
      'a fault of ours',
    )
  })

  it('keeps the first reason', async () => {
    const { means } = play({
      fail: (ask) => (numberOf(ask) === 3 ? new Failure('blocked', 'no') : null),
      read: (ask) => batch([`c${numberOf(ask)}`], [page(numberOf(ask) + 1)], { incomplete: 'needs_token' }),
    })
    const { reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(reading.incomplete).toBe('needs_token')
  })
})

describe('a thread whose reading is stopped', () => {
  it('between two pages keeps what was read and says so', async () => {
    const stop = new AbortController()
    const { means, asked, failures } = play({
      signal: stop.signal,
      read: (ask) => {
        if (numberOf(ask) === 2) stop.abort(new Error('stopped by a signal'))
        return batch([`c${numberOf(ask)}`], [page(numberOf(ask) + 1)])
      },
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(asked).toEqual(['1', '2'])
    expect(ids(comments)).toEqual(['c1', 'c2'])
    expect(reading.incomplete).toBe('interrupted')
    expect(failures).toEqual([])
  })

  it('in the middle of a request keeps what was read before', async () => {
    const stop = new AbortController()
    const { means, failures } = play({
      signal: stop.signal,
      fail: (ask) => {
        if (numberOf(ask) < 2) return null
        stop.abort(new Error('stopped by a signal'))
        return new Error('stopped by a signal')
      },
      read: () => batch(['1'], [page(2)]),
    })
    const { comments, reading } = await followThread({ thread, ask: page(1), batch: null }, means)
    expect(ids(comments)).toEqual(['1'])
    expect(reading.incomplete).toBe('interrupted')
    expect(failures).toEqual([])
  })
})
