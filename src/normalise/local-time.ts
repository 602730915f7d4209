import { DateTime } from 'luxon'

/** An offset follows a time of day; the year of "31-12-2011" does not. */
const writtenOffset =
  /(?<=(?::\d\d|T\d{4,6})(?:\.\d{1,9})?(?:\s?[AP]M)?\s?)(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)\s*$/i

/**
 * A moment by the clock of those who wrote it, ISO 8601 with the offset: that of its own words where they have one
 * (`+0530`), else that of the site's zone. UTC is no clock that people live by but what systems convert to, so it is
 * converted back where the zone is known.
 */
export function localTime(at: Date, raw: string, timezone: string): string {
  const { sign, hours = '00', minutes = '00' } = writtenOffset.exec(raw)?.groups ?? {}
  const isUtc = sign === undefined || (hours === '00' && minutes === '00')
  const local = DateTime.fromJSDate(at, { zone: isUtc ? timezone : `UTC${sign}${hours}:${minutes}` })
  return local.toISO() ?? at.toISOString()
}
