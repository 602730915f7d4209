import type { Ask, Batch, Comment, IncompleteReason, Thread } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import type { ThreadReading } from '../store.ts'
import type { RawAnswer } from './extract/extraction.ts'

/** More than any thread that a reader could page through; what goes on past it is a trap or a fault. */
const MOST_ASKS = 1000
const MOST_COMMENTS = 200_000
/** Writers of one thread who are asked for by name, each by a request of its own; the rest keep their keys. */
const MOST_NAMES = 1000
/** Comments are handed on in parts of about this size, so that memory does not grow with the thread. */
const PART = 5000

export interface ThreadStart {
  readonly thread: Thread
  readonly ask: Ask
  /** What the article's own page showed of the thread, or null when it has to be asked for. */
  readonly batch: Batch | null
}

export interface ThreadMeans {
  /** Makes the request; errors of HTTP are answers too. Null: this pass may make no more. @throws Failure */
  readonly answer: (ask: Ask) => Promise<RawAnswer | null>
  /** @throws Failure */
  readonly read: (answer: RawAnswer, ask: Ask, thread: Thread) => Promise<Batch>
  /** Takes a part of a long thread while more of it follows. */
  readonly takePart: (comments: readonly Comment[]) => Promise<void>
  readonly noteFailure: (failure: Failure) => Promise<void>
  readonly signal: AbortSignal
}

/** The rest of the thread's comments, and how its reading ended. */
export interface FollowedThread {
  readonly comments: readonly Comment[]
  readonly reading: ThreadReading
}

/**
 * The only paging loop: follows a thread from page to page until nothing new is named. It ends early on
 * loops, caps, failures and a stop, and says which. Of a comment that comes twice the later one counts.
 */
export async function followThread(start: ThreadStart, means: ThreadMeans): Promise<FollowedThread> {
  const state = new ThreadState(start.thread)
  if (start.batch === null) state.queue([start.ask])
  else {
    state.markAsked(start.ask)
    state.take(start.batch)
  }
  for (let ask = state.next(); ask !== undefined; ask = state.next()) {
    if (means.signal.aborted) {
      state.interrupt()
      break
    }
    if (!(await followAsk(ask, state, means))) break
    if (state.comments.size >= PART && !state.awaitsNames()) await means.takePart(state.drain())
  }
  return { comments: state.drain(), reading: state.reading() }
}

/** @returns false when the thread can't be followed further. */
async function followAsk(ask: Ask, state: ThreadState, means: ThreadMeans): Promise<boolean> {
  try {
    const answer = await answerOrRefusal(ask, means)
    if (answer === null) return state.interrupt()
    const batch = await means.read(answer, ask, state.thread)
    const trouble = state.take(batch) ?? (batch.incomplete === undefined ? null : refusalOf(answer))
    if (trouble === null) return true
    await means.noteFailure(trouble)
    return trouble.next !== 'wait' && !isCap(trouble)
  } catch (error) {
    if (means.signal.aborted) return state.interrupt()
    if (!(error instanceof Failure)) throw error
    await means.noteFailure(error)
    if (state.isForName(ask)) return state.forgoNames()
    state.incomplete ??= failureReason(error)
    // The other pages of the thread may still be read, unless the whole host wants to be left alone.
    return error.next !== 'wait'
  }
}

/** An address that robots.txt refuses is told to the platform as status 0, so that it can name another. */
async function answerOrRefusal(ask: Ask, means: ThreadMeans): Promise<RawAnswer | null> {
  try {
    return await means.answer(ask)
  } catch (error) {
    if (!(error instanceof Failure) || error.class !== 'robots_refused') throw error
    return { url: ask.url, status: 0, headers: {}, body: new Uint8Array(), fetchedAt: new Date(0) }
  }
}

function failureReason({ class: name, next }: Failure): IncompleteReason {
  if (name === 'robots_unreachable' || name === 'private_address') return 'robots'
  if (name === 'needs_browser') return 'needs_browser'
  return next === 'wait' ? 'blocked' : 'page_failed'
}

/** What an answer that the platform could do nothing with means, by its status; null when it was readable. */
function refusalOf({ status, url }: RawAnswer): Failure | null {
  if (status > 0 && status < 400) return null
  if (status === 0) return new Failure('robots_refused', `robots.txt does not allow ${url}`, { url })
  const message = `${url} answered ${status}`
  if (status === 401 || status === 403) return new Failure('blocked', message, { url, status })
  return new Failure(status === 429 ? 'throttled' : 'http_error', message, { url, status })
}

const isCap = ({ class: name }: Failure): boolean => name === 'thread_capped' || name === 'thread_loop'

function capFailure(cap: 'capped' | 'loop', thread: Thread): Failure {
  const url = thread.pageUrl
  return cap === 'loop'
    ? new Failure('thread_loop', `the thread under ${url} led back to pages already read`, { url })
    : new Failure(
        'thread_capped',
        `the thread under ${url} is longer than ${MOST_ASKS} pages or ${MOST_COMMENTS} comments`,
        {
          url,
        },
      )
}

class ThreadState {
  readonly thread: Thread
  comments = new Map<string, Comment>()
  incomplete: IncompleteReason | null = null
  readonly #seen = new Set<string>()
  readonly #waiting: Ask[] = []
  readonly #asked = new Set<string>()
  readonly #waitingNames: Ask[] = []
  readonly #askedNames = new Set<string>()
  readonly #names = new Map<string, string>()
  readonly #batches = new Set<string>()
  #reportedCount: number | null
  #closed: boolean

  constructor(thread: Thread) {
    this.thread = thread
    this.#reportedCount = thread.reportedCount
    this.#closed = thread.closed
  }

  /** Names come first, so that comments are handed on with them. */
  next(): Ask | undefined {
    return this.#waitingNames.shift() ?? this.#waiting.shift()
  }

  awaitsNames(): boolean {
    return this.#waitingNames.length > 0
  }

  isForName(ask: Ask): boolean {
    return this.#askedNames.has(keyOf(ask))
  }

  /** A thread without names is whole all the same; the host that has them is left alone. */
  forgoNames(): true {
    this.#waitingNames.length = 0
    return true
  }

  queue(asks: readonly Ask[]): number {
    const fresh = asks.filter((ask) => !this.#asked.has(keyOf(ask)))
    for (const ask of fresh) this.markAsked(ask)
    this.#waiting.push(...fresh)
    return fresh.length
  }

  markAsked(ask: Ask): void {
    this.#asked.add(keyOf(ask))
  }

  #takeNames({ names = [], authorNames = {} }: Batch): void {
    for (const [key, name] of Object.entries(authorNames)) this.#names.set(key, name)
    for (const ask of names) {
      const key = keyOf(ask)
      if (this.#askedNames.has(key) || this.#askedNames.size >= MOST_NAMES) continue
      this.#askedNames.add(key)
      this.#waitingNames.push(ask)
    }
  }

  #named(comment: Comment): Comment {
    const { authorName, authorKey } = comment
    const name = authorName === null && authorKey !== null ? this.#names.get(authorKey) : undefined
    return name === undefined ? comment : { ...comment, authorName: name }
  }

  interrupt(): false {
    this.incomplete ??= 'interrupted'
    return false
  }

  /** @returns why the thread must not be followed further, or null. */
  take(batch: Batch): Failure | null {
    for (const comment of batch.comments) {
      this.comments.set(comment.nativeId, comment)
      this.#seen.add(comment.nativeId)
    }
    this.#takeNames(batch)
    this.#reportedCount = batch.reportedCount ?? this.#reportedCount
    this.#closed = batch.closed ?? this.#closed
    this.incomplete ??= batch.incomplete ?? null
    const isRepeat = this.#isRepeat(batch)
    const fresh = this.queue(batch.next)
    const isTooLong = this.#asked.size > MOST_ASKS || this.#seen.size > MOST_COMMENTS
    const cap = isTooLong ? 'capped' : isRepeat && fresh > 0 ? 'loop' : null
    if (cap === null) return null
    this.incomplete = cap
    return capFailure(cap, this.thread)
  }

  #isRepeat({ comments }: Batch): boolean {
    const signature = comments.map(({ nativeId }) => nativeId).join(' ')
    const isRepeat = signature !== '' && this.#batches.has(signature)
    this.#batches.add(signature)
    return isRepeat
  }

  drain(): Comment[] {
    const part = [...this.comments.values()].map((comment) => this.#named(comment))
    this.comments = new Map()
    return part
  }

  reading(): ThreadReading {
    return {
      seen: this.#seen,
      reportedCount: this.#reportedCount,
      closed: this.#closed,
      incomplete: this.incomplete,
    }
  }
}

function keyOf(ask: Ask): string {
  const { method = 'GET', url, json, form, headers } = ask
  return JSON.stringify([method, url.split('#')[0], json ?? form, headers])
}
