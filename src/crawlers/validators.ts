import { untrueSince } from '../clocks.ts'
import type { CaptureHead } from '../store.ts'

/*
 * Some hosts go on giving the same ETag, or time of last change, while the page changes, and would answer "not modified"
 * for ever. So a page is asked for without conditions now and then, and its bytes decide.
 */

/** What a host gives to tell whether its answer has changed (RFC 9110 §8.8). */
const validatorNames = ['etag', 'last-modified'] as const

/**
 * In one hour out of so many since its bytes were stored a page is asked for whole: about every eleventh time. A prime
 * number, so that a page that is looked at once a day, or a week, at a certain hour has its turn too.
 */
const HOURS_PER_WHOLE_LOOK = 11
const HOUR_MS = 3_600_000

/** Conditions under which the host may answer "not modified"; none where that would not be believed. */
export function conditionsOf(
  head: CaptureHead | null,
  now: Date,
): { readonly etag: string | null; readonly lastModified: string | null } {
  const isAskedWhole = head === null || untrueSince in head.headers || isTurnOfWhole(head.fetchedAt, now)
  if (isAskedWhole) return { etag: null, lastModified: null }
  return { etag: head.headers['etag'] ?? null, lastModified: head.headers['last-modified'] ?? null }
}

function isTurnOfWhole(storedAt: Date, now: Date): boolean {
  const hours = Math.floor((now.getTime() - storedAt.getTime()) / HOUR_MS)
  return hours % HOURS_PER_WHOLE_LOOK === HOURS_PER_WHOLE_LOOK - 1
}

type Answer = Pick<CaptureHead, 'headers' | 'status' | 'bodyHash' | 'fetchedAt'>

/** Whether other bytes came under the validators of those that are held. */
function isUntrue(before: CaptureHead | null, { headers, status, bodyHash }: Answer): boolean {
  if (before === null || before.bodyHash === bodyHash || before.status !== status) return false
  const given = validatorNames.filter((name) => headers[name] !== undefined)
  return given.length > 0 && validatorNames.every((name) => headers[name] === before.headers[name])
}

/** What is to be kept beside the headers of an answer, as long as the address holds anything. */
export function markOfUntrue(before: CaptureHead | null, answer: Answer): Record<string, string> {
  const known = before?.headers[untrueSince]
  if (known !== undefined) return { [untrueSince]: known }
  return isUntrue(before, answer) ? { [untrueSince]: answer.fetchedAt.toISOString() } : {}
}
