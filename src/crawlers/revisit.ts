import { DateTime } from 'luxon'
import type { RevisitPolicy } from '../store.ts'
import { nextThreadCheck, paceAfter } from './thread-pace.ts'

const SHARE_OF_AGE = 0.5
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 30 * 86_400_000
const HOUR_IN_MINUTES = 60

/**
 * When to look at an article again for corrections: after half of the time for which it did not change, at most 30
 * days. What changed within the last ten minutes is due at the next pass, whenever that is.
 */
export function nextCheck(changedAt: Date, now: Date): Date {
  const interval = Math.min((now.getTime() - changedAt.getTime()) * SHARE_OF_AGE, LONGEST_MS)
  return interval < SHORTEST_MS ? now : new Date(now.getTime() + interval)
}

/** The two clocks: articles by how long they did not change, threads by the comments that are expected in them. */
export const revisitPolicy: RevisitPolicy = {
  article: nextCheck,
  thread: ({ bornAt, pace: before, fresh, closed, timezone }, now) => {
    const moments = fresh.map((date) => date.getTime())
    const pace = paceAfter(before, moments, now.getTime())
    const local = DateTime.fromJSDate(now, { zone: timezone })
    const offsetHours = local.isValid ? local.offset / HOUR_IN_MINUTES : 0
    const next = nextThreadCheck({ born: bornAt.getTime(), pace, closed, offsetHours }, now.getTime())
    // What was not added to is worth the same as it was kept: a quiet pass writes nothing new.
    return { nextCheckAt: new Date(next), pace: before !== null && moments.length === 0 ? before : pace }
  },
}
