import type { Alarm } from '../db/alarms.ts'
import type { IncompleteReason } from '../extractors/comments/platform.ts'
import type { FailureClass } from '../failure.ts'

/**
 * How a pass over a site ended, or why there was none. `held`: another process is crawling the site, or took it over;
 * `not_due`: there was nothing to do, after all; `queued`: a worker will crawl it; `set_aside`: none will, before a person
 * puts it back.
 */
export type SiteOutcome =
  | 'done'
  | 'partial'
  | 'failed'
  | 'interrupted'
  | 'held'
  | 'not_due'
  | 'queued'
  | 'set_aside'

/** The figures of a pass over one site, as the summary shows them and `--json` prints them. */
export interface SiteReport {
  readonly site: string
  readonly outcome: SiteOutcome
  readonly error: string | null
  readonly requests: number
  readonly notModified: number
  /** Addresses that were found to give the validators of other bytes. */
  readonly untrueValidators: number
  readonly bytes: number
  readonly notDue: number
  /** Feeds, sitemaps and listings that were not asked, because they seldom bring something new. */
  readonly sourcesNotDue: number
  readonly notArticles: number
  readonly articles: {
    readonly new: number
    readonly changed: number
    readonly unchanged: number
    readonly gone: number
  }
  readonly comments: {
    readonly new: number
    readonly edited: number
    readonly removed: number
    readonly unchanged: number
  }
  readonly threads: {
    readonly complete: number
    readonly incomplete: number
    /** Of both, those that were read only as far as the comments that are held. */
    readonly partial: number
    readonly reasons: Partial<Record<IncompleteReason, number>>
  }
  /** What is wrong with the site's pages as a whole; the pass may be done all the same. */
  readonly alarms: readonly Alarm[]
  readonly failures: Partial<Record<FailureClass, number>>
  /** True when the pass wrote anything but its own record and the moments of the next checks. */
  readonly changed: boolean
  readonly seconds: number
}
