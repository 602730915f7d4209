import { FixedOffsetZone, Info, type Zone } from 'luxon'

const minute = 60_000
const day = 86_400_000

/** What a clock and calendar on the wall show, before it is known where the wall is. Months from 1. */
export interface CivilTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** The site's zone; UTC when the name is not one of the IANA data base or an offset such as "UTC+3". */
export function zoneNamed(timezone: string): Zone {
  const zone = Info.normalizeZone(timezone)
  return zone.isValid ? zone : FixedOffsetZone.utcInstance
}

/** A zone that is so many minutes east of Greenwich all year. */
export function zoneEastOfGreenwich(minutes: number): Zone {
  return FixedOffsetZone.instance(minutes)
}

/**
 * The instant at which a wall clock of the zone showed this time. When it showed it twice (clocks
 * set back), the earlier one; when it never did (clocks set forward), as far after the gap as asked.
 * Null when the calendar has no such day or the clock no such time.
 */
export function instantOf(civil: CivilTime, zone: Zone): Date | null {
  const wall = wallMilliseconds(civil)
  if (wall === null) return null
  const offsetBefore = zone.offset(wall - day)
  const offsetAfter = zone.offset(wall + day)
  const earliestFirst = [offsetBefore, offsetAfter].toSorted((a, b) => b - a)
  const shown = earliestFirst.find((offset) => zone.offset(wall - offset * minute) === offset)
  return new Date(wall - (shown ?? offsetBefore) * minute)
}

/** What a wall clock in the zone shows at an instant. */
export function civilTimeAt(instant: Date, zone: Zone): CivilTime {
  const wall = new Date(instant.getTime() + zone.offset(instant.getTime()) * minute)
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    millisecond: wall.getUTCMilliseconds(),
  }
}

/** The same time of day so many days later, or earlier when negative. */
export function addDays(civil: CivilTime, days: number): CivilTime {
  const date = new Date(Date.UTC(civil.year, civil.month - 1, civil.day + days))
  return {
    ...civil,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  }
}

/** The same day and time so many months later; a day that the month lacks becomes its last. */
export function addMonths(civil: CivilTime, months: number): CivilTime {
  const count = civil.year * 12 + civil.month - 1 + months
  const year = Math.floor(count / 12)
  const month = (count % 12) + 1
  return { ...civil, year, month, day: Math.min(civil.day, daysInMonth(year, month)) }
}

/** Day of the week by ISO 8601: Monday is 1, Sunday 7. */
export function isoWeekday(civil: CivilTime): number {
  return new Date(Date.UTC(civil.year, civil.month - 1, civil.day)).getUTCDay() || 7
}

export function isRealDay(year: number, month: number, dayOfMonth: number): boolean {
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month)
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The wall time counted as if it were UTC. */
function wallMilliseconds(civil: CivilTime): number | null {
  const isRealTime = civil.hour <= 23 && civil.minute <= 59 && civil.second <= 60
  // Below the year 100 Date.UTC means 19xx, and no web page is older than the web.
  if (!isRealTime || civil.year < 1000 || !isRealDay(civil.year, civil.month, civil.day)) return null
  const { year, month, day: dayOfMonth, hour, minute: minutes, second, millisecond } = civil
  return Date.UTC(year, month - 1, dayOfMonth, hour, minutes, Math.min(second, 59), millisecond)
}
