const SHARE_OF_AGE = 0.1
const LONGEST_DAYS = 30

/**
 * When to look again: after a tenth of the time for which nothing changed, at most 30 days. What changed
 * just now is due at the next pass; what has been still for ten days is looked at once a day.
 */
export function nextCheck(changedAt: Date, now: Date): Date {
  const still = Math.max(0, now.getTime() - changedAt.getTime())
  return new Date(now.getTime() + Math.min(still * SHARE_OF_AGE, LONGEST_DAYS * 86_400_000))
}
