/*
 * What the crawlers and the store tell each other of how threads, sources and addresses were looked at, so that it is
 * known how to look at them again. A part of the contract of `store.ts`.
 */

/**
 * Where the newest comments of a thread were in the order in which its pages are read: on the first one, and older ones
 * on each that follows; on the last one; or on the first one, and the next newest on the last (engines that open a
 * thread at its last page).
 */
export type PageOrder = 'newest_first' | 'newest_last' | 'last_first'

/** What is known of a thread before it is read, where it may be read in part. */
export interface ThreadMemory {
  readonly id: number
  readonly pageOrder: PageOrder
  readonly reportedCount: number | null
  readonly fullCheckedAt: Date
  /** Readings in part since the last full one. */
  readonly partialChecks: number
}

/** Where a thread belongs. */
export interface ThreadAddress {
  /** Of its article's canonical address. */
  readonly urlHash: string
  readonly platform: string
  readonly nativeId: string
}

/** A feed, sitemap or listing, and how often it brought something new. */
export interface KnownSource {
  readonly kind: 'feed' | 'sitemap' | 'listing'
  readonly url: string
  readonly urlHash: string
  /** When it last named an article that was not known. */
  readonly newsAt: Date
  /** The usual time between such moments; null until there were two. */
  readonly newsGapSeconds: number | null
  /** In the past, or now: it is due at the next pass. */
  readonly nextCheckAt: Date
}

/** A number of comments that a feed tells of an article. */
export interface AnnouncedCount {
  readonly urlHash: string
  readonly count: number
}

/** Kept beside the headers of a capture: since when the validators of its address are known to be untrue. */
export const untrueSince = 'validators:untrue-since'
