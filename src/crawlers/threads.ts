import type { Ask, Batch, Comment, IncompleteReason, Thread } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import type { ThreadReading } from '../store.ts'
import type { RawAnswer } from './extract/extraction.ts'
import type { PartialReading } from './partial-reading.ts'
import { StoredParts } from './stored-parts.ts'
import { ThreadState } from './thread-state.ts'

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
  /** Stores a part of a long thread. Meanwhile more of it is read, but no other part comes. */
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
 * The only paging loop: follows a thread from page to page until nothing new is named, and once more where comments
 * moved between the pages meanwhile. It ends early on loops, caps, failures and a stop, and says which. Of a comment
 * that comes twice the later one counts.
 * @param partial ends it where all that is new has been met; null reads the thread in full.
 */
export async function followThread(
  start: ThreadStart,
  means: ThreadMeans,
  partial: PartialReading | null = null,
): Promise<FollowedThread> {
  const state = new ThreadState(start.thread, partial)
  if (start.batch === null) state.queue([start.ask])
  else {
    state.markAsked(start.ask)
    state.take(start.batch, start.ask)
    await state.leaveKnown(start.batch)
  }
  const parts = new StoredParts(means.takePart)
  try {
    do await followAsks(state, means, parts)
    while (state.readAgain(start.ask))
  } finally {
    await parts.settled()
  }
  return { comments: state.drain(), reading: state.reading() }
}

async function followAsks(state: ThreadState, means: ThreadMeans, parts: StoredParts): Promise<void> {
  for (let ask = state.next(); ask !== undefined; ask = state.next()) {
    parts.check()
    if (means.signal.aborted) {
      state.interrupt()
      return
    }
    if (state.isSpent()) {
      await means.noteFailure(state.stop('capped'))
      return
    }
    if (!(await followAsk(ask, state, means))) return
    if (state.isFull() && !state.awaitsNames()) await parts.add(state.drain())
  }
}

/** @returns false when the thread can't be followed further. */
async function followAsk(ask: Ask, state: ThreadState, means: ThreadMeans): Promise<boolean> {
  try {
    const answer = await answerOrRefusal(ask, means)
    if (answer === null) return state.interrupt()
    state.octets += answer.body.length
    const batch = await means.read(answer, ask, state.thread)
    const trouble = state.take(batch, ask) ?? (batch.incomplete === undefined ? null : refusalOf(answer))
    if (trouble === null) {
      await state.leaveKnown(batch)
      return true
    }
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
