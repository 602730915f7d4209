import { Failure } from '../../failure.ts'
import type { MomentContext } from '../../normalise/moment.ts'
import type { Answer, Ask, Batch, IncompleteReason, Thread } from './platform.ts'

/** The status of an answer that was never sent for, because robots.txt forbids its address. */
const forbiddenByRobots = 0

const refusals: ReadonlySet<number> = new Set([401, 403, 429])

/** Why an answer can't be read, by its status alone; null when it can. */
export function refusal({ status }: Answer): IncompleteReason | null {
  if (status === forbiddenByRobots) return 'robots'
  if (refusals.has(status)) return 'blocked'
  return status >= 200 && status < 300 ? null : 'page_failed'
}

/** What the dates on a page of the thread are read against. */
export function momentContext(
  { timezone, language = null }: Thread,
  { fetchedAt }: Pick<Answer, 'fetchedAt'>,
): MomentContext {
  return { timezone, language, fetchedAt }
}

/** A batch without comments, for an answer that could not be read. */
export function unread(reason: IncompleteReason, next: readonly Ask[] = []): Batch {
  return { comments: [], next, incomplete: reason }
}

/**
 * What a 404 tells of a thread that its server makes with the first comment: that there is none yet, or that it is
 * asked for in the wrong place. @returns null for another answer.
 */
export function noneYet({ status }: Answer, { reportedCount }: Thread): Batch | null {
  if (status !== 404) return null
  // The article's page counts comments that the server does not know of.
  if ((reportedCount ?? 0) > 0) return unread('not_found')
  return { comments: [], next: [], reportedCount: 0, isNotFound: true }
}

export function unreadable(platform: string, answer: Answer): Failure {
  return new Failure(
    'unreadable_answer',
    `${platform}: the answer from ${answer.url} is of no known shape (status ${answer.status}, ${answer.text.length} characters)`,
    { url: answer.url, status: answer.status },
  )
}
