import type { TimePrecision } from '../extractors/comments/platform.ts'

/** A time as a page gives it. */
export interface Moment {
  /** Null when the words are no date, or one outside 1990 … fetch time + 24 h. */
  readonly at: Date | null
  readonly precision: TimePrecision | null
  /** The words on the page, kept whatever became of them. */
  readonly raw: string | null
}

/** What a page's dates are read against. */
export interface MomentContext {
  /** IANA zone of the site's clock. */
  readonly timezone: string
  /** The anchor of "2 hours ago" and "yesterday". */
  readonly fetchedAt: Date
  /** BCP 47. Decides between words that mean different months, and 03/04 on pages in `en-US`. */
  readonly language?: string | null
}

/** Where in a text a date stands, and what it says. */
export interface DateMatch {
  readonly index: number
  /** Length of its words, in UTF-16 units. */
  readonly length: number
  readonly at: Date | null
  readonly precision: TimePrecision
}
