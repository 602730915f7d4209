import { Failure, type FailureClass } from '../../failure.ts'
import type { DoorAnswer } from './request.ts'
import { parseRetryAfter } from './retry-after.ts'

const classOfStatus: ReadonlyMap<number, FailureClass> = new Map([
  [401, 'blocked'],
  [403, 'blocked'],
  [404, 'gone'],
  [410, 'gone'],
  [429, 'throttled'],
  [451, 'blocked'],
])

/** Hosts that refuse without naming a time are left alone this long. */
const waitWithoutRetryAfter = 30 * 1000

/** Cloudflare says so, whatever the page looks like (its documentation, "Detect a Challenge Page response"). */
export const isChallenge = (headers: Readonly<Record<string, string>>): boolean =>
  headers['cf-mitigated'] === 'challenge'

/** What an answer's status means for the page; null when the body is worth reading, or a 304 was asked for. */
export function failureOfStatus(answer: DoorAnswer): Failure | null {
  const { status, url, fetchedAt } = answer
  if (answer.notModified || (status >= 200 && status < 300)) return null
  const message = `${url} answered ${status}${isChallenge(answer.headers) ? ' and a challenge' : ''}`
  if (status === 304) return new Failure('empty', `${message} though nothing is held`, { url, status })
  const wait = parseRetryAfter(answer.headers['retry-after'], fetchedAt.getTime())
  const failureClass =
    status === 503 && wait !== null ? 'throttled' : (classOfStatus.get(status) ?? 'http_error')
  if (failureClass !== 'throttled') return new Failure(failureClass, message, { url, status })
  const retryAt = new Date(fetchedAt.getTime() + (wait ?? waitWithoutRetryAfter))
  return new Failure('throttled', message, { url, status, retryAt })
}
