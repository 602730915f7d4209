import type { Ask, Batch, Comment, IncompleteReason, Thread } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import type { ThreadReading } from '../store.ts'
import { PageOrderWatch, type PartialReading } from './partial-reading.ts'
import { ThreadShifts } from './thread-shifts.ts'

/** More than any thread that a reader could page through; what goes on past it is a trap or a fault. */
const MOST_ASKS = 1000
const MOST_COMMENTS = 200_000
/** Writers of one thread who are asked for by name, each by a request of its own; the rest keep their keys. */
const MOST_NAMES = 1000
/** More comments than these are handed on as a part, so that memory does not grow with the thread. */
const PART = 1000
/** Octets of answers after which they are, however few comments there are in them. */
const PART_OCTETS = 16_000_000
/** Answers in a row without a comment that is new, while they name ever more pages. */
const MOST_REPEATS = 10
/** How often a thread is read in one pass whose comments move between its pages while they are read. */
const MOST_READINGS = 5

function capFailure(cap: 'capped' | 'loop', thread: Thread): Failure {
  const url = thread.pageUrl
  return cap === 'loop'
    ? new Failure('thread_loop', `the thread under ${url} led back to pages already read`, { url })
    : new Failure(
        'thread_capped',
        `the thread under ${url} is longer than ${MOST_ASKS} pages or ${MOST_COMMENTS} comments`,
        { url },
      )
}

/** What the paging loop knows of a thread while it follows it: what was read, what is to be asked, and when to stop. */
export class ThreadState {
  readonly thread: Thread
  comments = new Map<string, Comment>()
  incomplete: IncompleteReason | null = null
  /** Of the answers since a part was handed on. */
  octets = 0
  #made = 0
  #repeats = 0
  #readings = 1
  /** Comments known when the reading began. */
  #knownBefore = 0
  readonly #seen = new Set<string>()
  #seenInReading = this.#seen
  #shifts = new ThreadShifts()
  readonly #waiting: Ask[] = []
  readonly #asked = new Set<string>()
  readonly #waitingNames: Ask[] = []
  readonly #askedNames = new Set<string>()
  readonly #names = new Map<string, string>()
  readonly #batches = new Set<string>()
  readonly #partial: PartialReading | null
  readonly #orderWatch = new PageOrderWatch()
  #isPartial = false
  #namedMore = false
  #reportedCount: number | null
  #closed: boolean
  #isNotFound = false

  /** @param partial null where the thread is to be read in full. */
  constructor(thread: Thread, partial: PartialReading | null) {
    this.thread = thread
    this.#partial = partial
    this.#reportedCount = thread.reportedCount
    this.#closed = thread.closed
  }

  /** Names come first, so that comments are handed on with them. */
  next(): Ask | undefined {
    const name = this.#waitingNames.shift()
    if (name !== undefined) return name
    const ask = this.#partial?.takesLast === true ? this.#waiting.pop() : this.#waiting.shift()
    if (ask !== undefined) this.#made++
    return ask
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

  isFull(): boolean {
    return this.comments.size > PART || this.octets >= PART_OCTETS
  }

  /** The ask that was taken last is one too many. The article's own page was asked for by others. */
  isSpent(): boolean {
    return this.#made > MOST_ASKS
  }

  stop(cap: 'capped' | 'loop'): Failure {
    this.incomplete = cap
    return capFailure(cap, this.thread)
  }

  /** One more than may be made is kept, so that it is noticed; whoever names a million does not fill the memory. */
  queue(asks: readonly Ask[]): number {
    let fresh = 0
    for (const ask of asks) {
      const key = keyOf(ask)
      if (this.#asked.has(key)) continue
      fresh++
      if (this.#made + this.#waiting.length > MOST_ASKS) break
      this.#asked.add(key)
      this.#waiting.push(ask)
    }
    return fresh
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
  take(batch: Batch, ask: Ask): Failure | null {
    const known = this.#seenInReading.size
    for (const comment of batch.comments) this.#takeComment(comment)
    const hasNews = this.#seenInReading.size > known
    this.#shifts.note(ask, batch, hasNews)
    this.#takeNames(batch)
    this.#orderWatch.take(batch)
    this.#reportedCount = batch.reportedCount ?? this.#reportedCount
    this.#closed = batch.closed ?? this.#closed
    this.#isNotFound ||= batch.isNotFound ?? false
    this.incomplete ??= batch.incomplete ?? null
    const isRepeat = this.#isRepeat(batch, hasNews)
    const fresh = this.queue(batch.next)
    this.#namedMore = fresh > 0
    if (this.#seen.size > MOST_COMMENTS) return this.stop('capped')
    return isRepeat && fresh > 0 ? this.stop('loop') : null
  }

  /** What was handed on is not handed on again by a further reading. */
  #takeComment(comment: Comment): void {
    const { nativeId } = comment
    const isInHand = this.#readings === 1 || this.comments.has(nativeId) || !this.#seen.has(nativeId)
    if (isInHand) this.comments.set(nativeId, comment)
    this.#seen.add(nativeId)
    this.#seenInReading.add(nativeId)
  }

  /**
   * Begins the thread anew, once nothing is left to ask, where comments may have been missed because they moved to
   * pages that were read already; too many such readings end it.
   * @returns whether there is something to ask again.
   */
  readAgain(ask: Ask): boolean {
    const known = this.#seen.size
    const isShort = known < (this.#reportedCount ?? 0)
    const hasNews = known > this.#knownBefore
    // What is read from its end, or not to its end, is read in full by a later pass.
    if (this.#isPartial || this.#partial?.takesLast === true) return false
    if (this.incomplete !== null || !this.#shifts.mayHideComments(isShort, hasNews)) return false
    if (this.#readings === MOST_READINGS) {
      this.incomplete = 'shifted'
      return false
    }
    this.#readings++
    this.#knownBefore = known
    this.#seenInReading = new Set()
    this.#shifts = new ThreadShifts()
    this.#made = 0
    this.#repeats = 0
    this.#asked.clear()
    this.#batches.clear()
    return this.queue([ask]) > 0
  }

  /** Lets be what waits when the answer that was taken last shows that all that is new has been met. */
  async leaveKnown(batch: Batch): Promise<void> {
    if (this.#partial === null || this.#waiting.length === 0) return
    const situation = { isLast: !this.#namedMore, reportedCount: this.#reportedCount }
    if (!(await this.#partial.isEnough(batch, situation))) return
    this.#waiting.length = 0
    this.#isPartial = true
  }

  /** The very comments of another answer, or one of many in a row that only repeat what is known. */
  #isRepeat({ comments }: Batch, hasNews: boolean): boolean {
    if (comments.length === 0) return false
    const signature = comments.map(({ nativeId }) => nativeId).join(' ')
    const isSame = this.#batches.has(signature)
    this.#batches.add(signature)
    this.#repeats = hasNews ? 0 : this.#repeats + 1
    return isSame || this.#repeats >= MOST_REPEATS
  }

  drain(): Comment[] {
    const part = [...this.comments.values()].map((comment) => this.#named(comment))
    this.comments = new Map()
    this.octets = 0
    return part
  }

  reading(): ThreadReading {
    return {
      seen: this.#seen,
      reportedCount: this.#reportedCount,
      closed: this.#closed,
      incomplete: this.incomplete,
      isPartial: this.#isPartial,
      isNotFound: this.#isNotFound,
      // Pages that were read from the end show no order.
      pageOrder: this.#partial === null ? this.#orderWatch.order(this.#seen.size, this.#reportedCount) : null,
    }
  }
}

function keyOf(ask: Ask): string {
  const { method = 'GET', url, json, form, headers } = ask
  return JSON.stringify([method, url.split('#')[0], json ?? form, headers])
}
