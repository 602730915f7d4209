import type { PageOrder, ThreadMemory } from '../clocks.ts'
import type { Batch, Comment } from '../extractors/comments/platform.ts'
import { urlHash } from '../normalise/url.ts'
import type { PageToSave, SiteStore } from '../store.ts'
import type { Pass } from './pass.ts'
import type { ThreadStart } from './threads.ts'

/*
 * A long thread that is looked at often is read from its newest comments on, until those begin that are held. Such a
 * reading proves no absence and finds no edit, so that a full one follows after some of them, or after a day. Which
 * page holds the newest comments is no matter of belief: the last full reading saw how the pages follow each other.
 */

/** Readings in part after which a full one is due. */
const MOST_PARTIAL = 6
/** A full reading is due after this time, however few looks there were. */
const LONGEST_PARTIAL_MS = 24 * 3_600_000
/** A shorter thread is read in full: little is saved, and edits and removals are seen at once. */
const FEWEST_COMMENTS = 100
const FEWEST_PAGES = 4

/** Whether the thread may be read in part now, as far as time goes. A clock that was put back asks for a full reading. */
export function mayReadInPart({ fullCheckedAt, partialChecks }: ThreadMemory, now: Date): boolean {
  const since = now.getTime() - fullCheckedAt.getTime()
  return partialChecks < MOST_PARTIAL && since >= 0 && since < LONGEST_PARTIAL_MS
}

/** How to read this thread in part, or null where it must be read in full. What a person asks for is read in full. */
export async function partialReadingOf(
  { store, options }: Pass,
  { thread: { platform, nativeId }, batch }: ThreadStart,
  { article, capture }: Pick<PageToSave, 'article' | 'capture'>,
): Promise<PartialReading | null> {
  const isOnOnePage = batch !== null && batch.next.length === 0
  if (isOnOnePage || options.refresh || options.articles.length > 0 || capture.before === null) return null
  const memory = await store.threadMemory({ urlHash: urlHash(article.canonicalUrl), platform, nativeId })
  if (memory === null || !mayReadInPart(memory, capture.fetchedAt)) return null
  return new PartialReading(memory, (ids) => store.heldComments(memory.id, ids))
}

type HeldIds = (nativeIds: readonly string[]) => ReturnType<SiteStore['heldComments']>

/** Decides, answer by answer, whether all that is new in a thread has been met. */
export class PartialReading {
  readonly #memory: ThreadMemory
  readonly #heldIds: HeldIds
  readonly #fresh = new Set<string>()
  #isAtNewest: boolean

  constructor(memory: ThreadMemory, heldIds: HeldIds) {
    this.#memory = memory
    this.#heldIds = heldIds
    this.#isAtNewest = memory.pageOrder !== 'newest_last'
  }

  /** Of the pages that are waiting the last one comes next. */
  get takesLast(): boolean {
    return this.#memory.pageOrder !== 'newest_first'
  }

  /** @param isLast the answer named no page that was not known: where the newest comments come last, they are here. */
  async isEnough(
    { comments }: Batch,
    { isLast, reportedCount }: { readonly isLast: boolean; readonly reportedCount: number | null },
  ): Promise<boolean> {
    if (comments.length === 0) return false
    const held = await this.#heldIds(comments.map(({ nativeId }) => nativeId))
    for (const { nativeId } of comments) if (!held.has(nativeId)) this.#fresh.add(nativeId)
    this.#isAtNewest ||= isLast
    const oldest = oldestRoot(comments)
    return this.#isAtNewest && oldest !== null && held.has(oldest.nativeId) && this.#addsUp(reportedCount)
  }

  /** The counter, where there is one, rose by what was found. Else comments came between older ones, or went. */
  #addsUp(reportedCount: number | null): boolean {
    const before = this.#memory.reportedCount
    return before === null || (reportedCount !== null && reportedCount - before === this.#fresh.size)
  }
}

/** Sees, in a full reading, how the pages of the thread follow each other in time. */
export class PageOrderWatch {
  readonly #spans: Span[] = []
  #isUnclear = false
  #hasBranches = false

  take({ comments }: Batch): void {
    const roots = rootsOf(comments)
    if (roots.length === 0) {
      this.#hasBranches ||= comments.length > 0
      return
    }
    const times = roots.map(writtenTime)
    if (times.some((time) => time === null)) this.#isUnclear = true
    const known = times.filter((time) => time !== null)
    this.#spans.push({ oldest: Math.min(...known), newest: Math.max(...known) })
  }

  /** Null as well where replies come by requests of their own and no counter would tell of those that were not made. */
  order(comments: number, reportedCount: number | null): PageOrder | null {
    const isShort = comments < FEWEST_COMMENTS || this.#spans.length < FEWEST_PAGES
    if (isShort || this.#isUnclear || (this.#hasBranches && reportedCount === null)) return null
    const [first, ...others] = this.#spans
    if (first === undefined) return null
    if (isRising(this.#spans.toReversed())) return 'newest_first'
    if (!isRising(others)) return null
    // What the article's own page shows of the thread may come again on the others.
    const isNewestShown = !isRising(this.#spans) && isRising([...others, first])
    return isNewestShown ? 'last_first' : 'newest_last'
  }
}

/** Times of the comments of one page that answer no other. */
interface Span {
  readonly oldest: number
  readonly newest: number
}

const isRising = (spans: readonly Span[]): boolean =>
  spans.every(({ oldest }, index) => oldest >= (spans[index - 1]?.newest ?? Number.NEGATIVE_INFINITY))

/** Pinned comments stand before the others, however old they are. */
const rootsOf = (comments: readonly Comment[]): Comment[] =>
  comments.filter(({ parentNativeId, isPinned }) => parentNativeId === null && !isPinned)

/** "2 hours ago" says another time on each page, and puts nothing in order. */
const writtenTime = ({ publishedAt, publishedPrecision }: Comment): number | null =>
  publishedPrecision === 'relative' ? null : (publishedAt?.getTime() ?? null)

function oldestRoot(comments: readonly Comment[]): Comment | null {
  let oldest: Comment | null = null
  for (const root of rootsOf(comments)) {
    const time = writtenTime(root)
    if (time === null) return null
    if (oldest === null || time <= (writtenTime(oldest) ?? 0)) oldest = root
  }
  return oldest
}
