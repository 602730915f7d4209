import type { Document } from 'domhandler'
import type { MomentContext } from '../../normalise/moment.ts'
import type { TopicPage } from '../article/opening-post.ts'
import type { ElementIndex, IndexedPage } from '../element-index.ts'

export interface Quote {
  readonly author: string | null
  readonly text: string
  /** Native id of the quoted comment, when the markup names it. */
  readonly nativeId: string | null
}

/** How exactly a comment's time is known; `relative` was computed from words such as "2 hours ago". */
export type TimePrecision = 'second' | 'minute' | 'day' | 'relative'

export type CommentState = 'visible' | 'withheld' | 'removed'

/** One comment as a platform gives it. Text is clean (`normalise/text`); `null` means: not given. */
export interface Comment {
  /** Unique within the thread. */
  readonly nativeId: string
  readonly parentNativeId: string | null
  /** `low` where the markup flattens replies past a depth cap, so that the parent is a guess. */
  readonly parentConfidence: 'high' | 'low'
  /** The name under which the writer is known on the site. */
  readonly authorName: string | null
  /** A second, displayed name, such as the full name in brackets. */
  readonly authorDisplay: string | null
  /** Stable key of the writer within the site family; never an e-mail address or a hash of one. */
  readonly authorKey: string | null
  readonly publishedAt: Date | null
  readonly publishedPrecision: TimePrecision | null
  /** The words on the page, kept whatever became of them. */
  readonly publishedRaw: string | null
  /** The writer's own words, without quotes. */
  readonly bodyText: string
  /** Hash of all the words, where they are more than `bodyText` keeps of them; else absent. */
  readonly wholeHash?: string
  /** Sanitised, with quotes as `<blockquote>`. */
  readonly bodyHtml: string
  /** What the site shows in place of words that were taken away; absent where it shows the words. */
  readonly notice?: string
  readonly quotes: readonly Quote[]
  readonly likes: number | null
  readonly dislikes: number | null
  readonly score: number | null
  readonly state: CommentState
  /** Its writer or an editor changed it after it was published, as the platform marks it. */
  readonly isEdited: boolean
  readonly editedAt: Date | null
  /** Kept above the others, whatever the order. */
  readonly isPinned: boolean
  /** Chosen by the newsroom: "editor's pick", "featured". */
  readonly isPicked: boolean
  /** What the platform says of the writer, in its own words: `moderator`, `staff`, `subscriber`. */
  readonly authorBadges: readonly string[]
  /** Pingback or trackback: another site's link, not a reader's words. */
  readonly isPing: boolean
  readonly permalink: string | null
}

/** A comment section as its page reveals it. Plain data: it crosses threads and is kept between passes. */
export interface Thread {
  readonly platform: string
  /** The platform's own id of the thread, else the article's native id or canonical URL. */
  readonly nativeId: string
  /** Address of the article page that the thread was found on. */
  readonly pageUrl: string
  /** The number of comments that the site reports, or null. */
  readonly reportedCount: number | null
  /** No new comments are taken. A notice to sign in does not mean this. */
  readonly closed: boolean
  /** IANA zone of the site's clock, for times without an offset. */
  readonly timezone: string
  /** BCP 47: the language of the page, which decides what an unclear date on it means. Left out: not known. */
  readonly language?: string | null
  /** What the platform needs to name its requests: ids, hosts, versions. */
  readonly data: Readonly<Record<string, string>>
}

/** One request that a platform wants made. The crawler makes it; the platform only names it. */
export interface Ask {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly accept?: 'html' | 'json' | 'xml'
  /** What the platform's own client sends for everyone, such as an id of the site; never an origin, referer or token. */
  readonly headers?: Readonly<Record<string, string>>
  /** The platform's own note on what it asked for: a page number, a cursor. */
  readonly note?: Readonly<Record<string, string>>
}

/** What came back for an ask, errors included: a refused REST endpoint is an answer too. */
export interface Answer {
  /** Address after redirects. */
  readonly url: string
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The text as it was parsed already, if it was; the platform may change it. */
  readonly document?: Document
  /** The index of that document, as long as nothing in it was changed. */
  readonly elements?: ElementIndex
  readonly fetchedAt: Date
}

/** Why a thread is known not to be held in full. Null in the thread's row when it is. */
export const incompleteReasons = [
  'shortfall', // every page was read, and the site still has more than it shows
  'page_failed', // a page of the thread, or some of its comments, could not be read
  'capped', // the thread went on past our cap
  'loop', // pages led back to pages already read
  // The page used to show the thread, or is linked for its comments, and shows none; or the thread's server knows none.
  'not_found',
  'shifted', // comments moved between pages while we read, in every try
  'robots',
  'blocked',
  'needs_token',
  'needs_consent',
  'needs_browser',
  'unsupported', // the platform is recognised, but not read
  'skipped', // comments were not asked for in this pass
  'interrupted',
] as const

export type IncompleteReason = (typeof incompleteReasons)[number]

export interface Batch {
  readonly comments: readonly Comment[]
  /** Further requests, in reading order. An ask that was made already is dropped by the loop. */
  readonly next: readonly Ask[]
  /** Requests that only name writers, where the platform gives names apart: made before `next`, and dispensable. */
  readonly names?: readonly Ask[]
  /** Names of writers by `authorKey`, for the comments that came without. */
  readonly authorNames?: Readonly<Record<string, string>>
  /** A better count than the page's own, when the answer holds one. */
  readonly reportedCount?: number
  readonly closed?: boolean
  /** The server knows no such thread, as before its first comment; of one that is held, that proves nothing. */
  readonly isNotFound?: boolean
  /** Set when this answer shows that the thread can't be read in full. */
  readonly incomplete?: IncompleteReason
}

/**
 * A comment system in three pure steps: find the thread on an article page, name the first request,
 * read an answer into comments and further requests. The paging loop is `crawlers/threads.ts`.
 */
export interface CommentPlatform {
  readonly name: string
  /**
   * Why the platform is not read unless the site's declaration permits it: its terms, tokens or robots rule out a
   * public read. The thread is found and kept all the same, with this reason. Left out: it may be read.
   */
  readonly restriction?: 'needs_token' | 'needs_consent' | 'unsupported'
  /** Zone of the engine's clock where nobody set another. */
  readonly usualTimezone?: string
  /** The thread on this page, or null. Needs two marks of the platform, or one that carries its key. */
  locate(page: IndexedPage, site: ThreadContext): Thread | null
  /**
   * Where the platform's pages are whole discussions: what of a topic the page shows. Null where it shows none.
   * The page is not changed.
   */
  readTopic?(page: IndexedPage, reading: MomentContext): TopicPage | null
  /** The first request. Where the article page itself shows comments, its own address. */
  open(thread: Thread): Ask
  /** @throws Failure `unreadable_answer` when the answer is of no known shape. */
  read(answer: Answer, asked: Ask, thread: Thread): Batch
}

/** What a platform may know of the site: nothing but what the page can't tell. */
export interface ThreadContext {
  readonly timezone: string
  readonly language: string | null
  /** Native id of the article, when its address or page tells it. */
  readonly articleNativeId: string | null
  readonly canonicalUrl: string
  /** Keys of our own to interfaces that give no answer without one, by the platform's name. */
  readonly platformKeys?: Readonly<Record<string, string>>
}
