import { type Article, type ArticleField, articleFields } from '../extractors/article/article.ts'
import type { IncompleteReason } from '../extractors/comments/platform.ts'
import type { FailureClass } from '../failure.ts'
import type { SavedPage } from '../store.ts'

/** The figures of one pass over one site; stored with its run and shown in the summary. */
export interface Tally {
  requests: number
  notModified: number
  /** Addresses that were found to give the validators of other bytes. */
  untrueValidators: number
  /** Octets that came over the network. */
  bytes: number
  /** Addresses that were announced and were not due yet, or set aside as no articles. */
  notDue: number
  /** Feeds, sitemaps and listings that were not asked, because they seldom bring something new. */
  sourcesNotDue: number
  /** Feeds, sitemaps and listings that were read, and the addresses of those that named no article. */
  readonly sources: { read: number; empty: readonly string[] }
  /** Feeds that were read, the articles that they should name, and those of them that one of them named. */
  readonly feeds: { read: number; recent: number; named: number }
  /** Announced addresses that turned out to be no article. */
  notArticles: number
  readonly articles: { new: number; changed: number; unchanged: number; gone: number }
  readonly comments: { new: number; edited: number; removed: number; unchanged: number }
  readonly threads: {
    complete: number
    incomplete: number
    /** Of both, those that were read only as far as the comments that are held. */
    partial: number
    reasons: Partial<Record<IncompleteReason, number>>
  }
  readonly failures: Partial<Record<FailureClass, number>>
  /** Pages extracted, and on how many of them each field was found. */
  pages: number
  readonly filled: Partial<Record<ArticleField | 'thread', number>>
}

export function newTally(): Tally {
  return {
    requests: 0,
    notModified: 0,
    untrueValidators: 0,
    bytes: 0,
    notDue: 0,
    sourcesNotDue: 0,
    sources: { read: 0, empty: [] },
    feeds: { read: 0, recent: 0, named: 0 },
    notArticles: 0,
    articles: { new: 0, changed: 0, unchanged: 0, gone: 0 },
    comments: { new: 0, edited: 0, removed: 0, unchanged: 0 },
    threads: { complete: 0, incomplete: 0, partial: 0, reasons: {} },
    failures: {},
    pages: 0,
    filled: {},
  }
}

/** A page that holds an article, by the rules that found its fields. */
export function countFilled(tally: Tally, rules: Article['rules'], hasThread: boolean): void {
  tally.pages++
  for (const field of articleFields) if (rules[field] !== 'none') increment(tally.filled, field)
  if (hasThread) increment(tally.filled, 'thread')
}

export function countSaved(tally: Tally, saved: Omit<SavedPage, 'isTextKept'>): void {
  tally.articles[saved.change]++
  countComments(tally, saved)
  if (saved.thread === null) return
  if (saved.thread.complete) tally.threads.complete++
  else tally.threads.incomplete++
  if (saved.thread.isPartial) tally.threads.partial++
  const reason = saved.thread.incompleteReason
  if (reason !== null) increment(tally.threads.reasons, reason)
}

/** A part of a long thread: its article and its end are counted with the last part. */
export function countComments(tally: Tally, { comments }: Pick<SavedPage, 'comments'>): void {
  tally.comments.new += comments.new
  tally.comments.edited += comments.edited
  tally.comments.removed += comments.removed
  tally.comments.unchanged += comments.unchanged
}

export function increment<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1
}
