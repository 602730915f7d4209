import { DateTime } from 'luxon'

const writtenOffset = /(?:(?<utc>Z|GMT|UTC)|(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d))\s*$/

/**
 * A moment by the clock that it was written by, ISO 8601 with the offset: that of its own words where they have one
 * (`+0530`, `Z`), else that of the site's zone.
 */
export function localTime(at: Date, raw: string, timezone: string): string {
  const { utc, sign, hours, minutes } = writtenOffset.exec(raw)?.groups ?? {}
  const written = utc === undefined ? `UTC${sign ?? ''}${hours ?? ''}:${minutes ?? ''}` : 'UTC'
  const isWritten = utc !== undefined || sign !== undefined
  const local = DateTime.fromJSDate(at, { zone: isWritten ? written : timezone })
  return local.toISO() ?? at.toISOString()
}
