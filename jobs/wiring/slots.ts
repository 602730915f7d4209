import { CronExpressionParser } from 'cron-parser'
import { DateTime } from 'luxon'
import type { Site } from '../../src/sites/site.ts'

/**
 * The first moment after `after` at which the site's cron expression fires, on the clock of its schedule's zone. What
 * falls into the hour that a spring night skips fires after it; in the autumn night that has an hour twice, a slot of
 * a certain hour fires once, and an interval goes on evenly.
 */
export function nextSlot({ schedule, scheduleZone }: ScheduledSite, after: Date): Date {
  const slots = CronExpressionParser.parse(schedule, { tz: scheduleZone, currentDate: after })
  let slot = slots.next().toDate()
  if (slots.fields.hour.isWildcard) return slot
  while (isSecondOfTwo(slot, scheduleZone)) slot = slots.next().toDate()
  return slot
}

export type ScheduledSite = Pick<Site, 'schedule' | 'scheduleZone'>

/** The clock showed the same an hour before. */
function isSecondOfTwo(moment: Date, zone: string): boolean {
  const now = DateTime.fromJSDate(moment, { zone })
  return now.minus({ hours: 1 }).hour === now.hour
}
