import type { AnnouncedCount, KnownSource, PageOrder, ThreadAddress, ThreadMemory } from './clocks.ts'
import type { Article } from './extractors/article/article.ts'
import type { Comment, IncompleteReason, Thread } from './extractors/comments/platform.ts'
import type { FailureClass } from './failure.ts'

/*
 * The contract between the crawlers and the store, which know each other only by it:
 * `db/site-store.ts` fills it in, and a dry run fills it with nothing.
 */

export type CaptureKind =
  | 'article'
  | 'part'
  | 'comments'
  | 'feed'
  | 'sitemap'
  | 'listing'
  | 'not_an_article'
  | 'reserved'
  | 'tdmrep'
  | 'probe'

/** One answer of the network, as it may be kept. */
export interface CapturedAnswer {
  /** Address that was asked for. */
  readonly url: string
  /** Names the request: hash of address, method and body. */
  readonly requestHash: string
  readonly kind: CaptureKind
  readonly fetchedAt: Date
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The body as gzip, where it came so. */
  readonly gzip: Uint8Array | null
  readonly bodyHash: string
  /** What was held for this request when it was made. */
  readonly before: CaptureHead | null
}

/** What is known of the newest capture of a request without reading its body. */
export interface CaptureHead {
  readonly id: number
  readonly fetchedAt: Date
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  readonly bodyHash: string
}

/** The store takes nothing more from a pass, which ends there; what it took before is safe. */
export class StoreClosed extends Error {
  override readonly name: string = 'StoreClosed'
}

/** The database could not be reached, or not written to, for as long as anybody waits. */
export class StoreUnavailable extends StoreClosed {
  override readonly name = 'StoreUnavailable'
}

/** When things are looked at again: the crawler decides, the store keeps it. */
export interface RevisitPolicy {
  /** Of an article that last changed then. */
  readonly article: (changedAt: Date, now: Date) => Date
  readonly thread: (life: ThreadLife, now: Date) => { readonly nextCheckAt: Date; readonly pace: ThreadPace }
}

/** What is known of a thread when it has been read. */
export interface ThreadLife {
  /** When its article appeared. */
  readonly bornAt: Date
  /** As it was after the reading before; null for a thread that was never read. */
  readonly pace: ThreadPace | null
  /** When the comments were published that were not held before. */
  readonly fresh: readonly Date[]
  readonly closed: boolean
  /** Zone of the site's clock. */
  readonly timezone: string
}

/** How fast a thread has been growing, as far as it was seen. Plain numbers, kept with the thread. */
export interface ThreadPace {
  /** The moment at which the sums hold (Unix milliseconds). */
  readonly at: number
  /** Comments seen in all. */
  readonly count: number
  /** Comments, each the lighter the longer ago it came: one sum for each of the times after which one weighs a third. */
  readonly echoes: readonly number[]
}

/** How the reading of a thread ended. */
export interface ThreadReading {
  /** Native ids met in this pass. */
  readonly seen: ReadonlySet<string>
  readonly reportedCount: number | null
  readonly closed: boolean
  /** Null when every page of the thread was read, or as many as were needed to meet the comments that are held. */
  readonly incomplete: IncompleteReason | null
  /** The reading ended where comments began that are held: what it did not meet may be there all the same. */
  readonly isPartial: boolean
  /** Its server knows no such thread: one without comments yet, unless some are held. */
  readonly isNotFound: boolean
  /** Null where no order shows, or the thread is too short for it to matter. */
  readonly pageOrder: PageOrder | null
}

/** How the further parts of an article were read, which its text is made of together with its page. */
export interface PartsToSave {
  readonly captures: readonly CapturedAnswer[]
  /** False where a part is missing: such a text does not take the place of a longer one. */
  readonly isComplete: boolean
  /** The missing part may be had at the next pass. */
  readonly isDueAgain: boolean
  /** Parts in the text, the first one included. */
  readonly count: number
}

export interface PageToSave {
  /** With the text of all its parts. */
  readonly article: Article
  readonly articleHash: string
  /** The text may not be held: what is held of it goes, with its former versions. Left out: it may. */
  readonly isWithheld?: boolean
  /** Null for an article on one page. */
  readonly parts: PartsToSave | null
  /** Address that the page was asked for under, canonical. */
  readonly askedUrl: string
  readonly capture: CapturedAnswer
  /** Names this reading, where the page alone brought all of it and reading it again would bring the same; else null. */
  readonly readingKey: string | null
  /** Null when the page was not searched for a thread, or has none (`isThreadless`). */
  readonly thread: {
    readonly thread: Thread
    /** Distinct comments, perhaps only a part of the thread. */
    readonly comments: readonly Comment[]
    readonly captures: readonly CapturedAnswer[]
    /** Null while more of the thread follows in another call. */
    readonly reading: ThreadReading | null
  } | null
  /** The page was searched for a thread and has none. */
  readonly isThreadless: boolean
}

export type ArticleChange = 'new' | 'changed' | 'unchanged'

export interface CommentCounts {
  readonly new: number
  readonly edited: number
  readonly removed: number
  readonly unchanged: number
}

export interface SavedPage {
  readonly change: ArticleChange
  /** The page said so much less than is held that what is held stays: it could not be read, it seems. */
  readonly isTextKept: boolean
  readonly comments: CommentCounts
  /** Set when the thread's reading has ended. */
  readonly thread: {
    readonly complete: boolean
    readonly incompleteReason: IncompleteReason | null
    readonly isPartial: boolean
  } | null
}

/** A visit to a page whose reading would bring what is held. */
export interface PageVisit {
  /** Address that the page was asked for under, canonical. */
  readonly askedUrl: string
  readonly readingKey: string
  readonly seenAt: Date
  /** Zone of the site's clock. */
  readonly timezone: string
}

export interface ConfirmedPage {
  readonly saved: SavedPage
  /** Which rules had found the article's fields. */
  readonly rules: Article['rules']
}

export interface FailureRecord {
  readonly url: string | null
  readonly stage: Stage
  readonly class: FailureClass
  readonly message: string
  readonly at: Date
}

export type Stage = 'discover' | 'fetch' | 'extract' | 'comments' | 'store'

export interface SiteStore {
  /** What is held of these requests; absent where nothing is. */
  captureHeads(requestHashes: readonly string[]): Promise<ReadonlyMap<string, CaptureHead>>
  captureBody(id: number): Promise<Uint8Array>
  /** Keeps a feed, sitemap, listing or what a host says of itself, the last one only. */
  keepSource(capture: CapturedAnswer): Promise<void>
  sources(): Promise<readonly KnownSource[]>
  /** @param lost hashes of sources that are there no longer. */
  saveSources(known: readonly KnownSource[], lost: readonly string[], now: Date): Promise<void>
  /**
   * Makes threads due whose count moved since it was last announced, or read, however quiet or closed they are.
   * @returns hashes of the addresses whose count moved.
   */
  reviveThreads(counts: readonly AnnouncedCount[], now: Date): Promise<ReadonlySet<string>>
  /** Remembers that an address is no article, so that it is not asked for at every pass. */
  keepNonArticle(capture: CapturedAnswer): Promise<void>
  /** Remembers that a page asks not to be stored, so that it is asked for again only when that may have changed. */
  keepReserved(capture: CapturedAnswer): Promise<void>
  /** Which of these addresses (by hash) are held or set aside, and whether they are due. Unknown ones are absent. */
  knownPages(urlHashes: readonly string[], now: Date): Promise<ReadonlyMap<string, 'due' | 'fresh'>>
  /**
   * The articles that a feed should name by now: published lately, and found since the last pass began that read a
   * feed. Each with the hashes of its addresses.
   */
  recentArticles(): Promise<readonly (readonly string[])[]>
  /** Addresses of this site that are due whether announced or not, and those that failed lately. */
  duePages(now: Date, limit: number): Promise<string[]>
  /**
   * What is known of a thread that may be read in part: it is long, was read in full, its pages had an order, and no
   * comment of it waits for its absence to be confirmed. Else null.
   */
  threadMemory(thread: ThreadAddress): Promise<ThreadMemory | null>
  /** Which of these comments of a thread are held, by native id. */
  heldComments(threadId: number, nativeIds: readonly string[]): Promise<ReadonlySet<string>>
  savePage(page: PageToSave): Promise<SavedPage>
  /** Takes down a visit to a page that is as it was. @returns null when it was not read under this key, or has to be read again. */
  confirmPage(visit: PageVisit): Promise<ConfirmedPage | null>
  /** Remembers the zone of the site's clock, where nobody declared it. */
  noteTimezone(timezone: string): Promise<void>
  /** @returns whether an article of this address is held. */
  markGone(urlHash: string, at: Date): Promise<boolean>
  recordFailure(failure: FailureRecord): Promise<void>
}
