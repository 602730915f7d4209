const SHARE_OF_AGE = 0.1
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 30 * 86_400_000

/**
 * When to look again: after a tenth of the time for which nothing changed, at most 30 days. What changed
 * within the last hour is due at the next pass, whenever that is; what has been still for ten days is
 * looked at once a day.
 */
export function nextCheck(changedAt: Date, now: Date): Date {
  const interval = Math.min((now.getTime() - changedAt.getTime()) * SHARE_OF_AGE, LONGEST_MS)
  return interval < SHORTEST_MS ? now : new Date(now.getTime() + interval)
}
