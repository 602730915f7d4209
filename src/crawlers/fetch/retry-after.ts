const second = 1000
const day = 24 * 60 * 60 * second
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const imfFixdate =
  /^[a-z]{3}, (?<day>\d{2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) gmt$/
const rfc850 = /^[a-z]{6,9}, (?<day>\d{2})-(?<month>[a-z]{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) gmt$/
const asctime = /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/

/**
 * Milliseconds to wait by a Retry-After header (RFC 9110 §10.2.3): whole seconds, or a date in one of the three forms
 * of §5.6.7, always in UTC. Held between one second and `capMs` (a day); null when the header says nothing readable.
 */
export function parseRetryAfter(header: string | null | undefined, now: number, capMs = day): number | null {
  const value = header?.trim().toLowerCase() ?? ''
  const wait = /^\d+$/.test(value) ? Number(value) * second : untilDate(value, now)
  return wait === null ? null : Math.min(Math.max(wait, second), capMs)
}

function untilDate(value: string, now: number): number | null {
  const date = parseHttpDate(value, now)
  return date === null ? null : date - now
}

/** Milliseconds since the epoch of an HTTP date. Not by `Date.parse`, which takes asctime for local time. */
export function parseHttpDate(value: string, now: number): number | null {
  const text = value.toLowerCase()
  const groups = (imfFixdate.exec(text) ?? rfc850.exec(text) ?? asctime.exec(text))?.groups
  if (groups === undefined) return null
  const sinceMidnight = millisecondsOf(groups['time'] ?? '')
  const midnight = midnightOf(yearOf(groups['year'] ?? '', now), groups['month'] ?? '', Number(groups['day']))
  return midnight === null || sinceMidnight === null ? null : midnight + sinceMidnight
}

function millisecondsOf(time: string): number | null {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  // A minute may have a leap second.
  if (hours > 23 || minutes > 59 || seconds > 60) return null
  return ((hours * 60 + minutes) * 60 + seconds) * second
}

function midnightOf(year: number, month: string, dayOfMonth: number): number | null {
  const date = new Date(0)
  date.setUTCFullYear(year, months.indexOf(month), dayOfMonth)
  return months.includes(month) && date.getUTCDate() === dayOfMonth ? date.getTime() : null
}

/** RFC 9110 §5.6.7: a two-digit year that seems over 50 years ahead lies in the past. */
function yearOf(digits: string, now: number): number {
  if (digits.length > 2) return Number(digits)
  const thisYear = new Date(now).getUTCFullYear()
  const candidate = thisYear - (thisYear % 100) + Number(digits)
  return candidate > thisYear + 50 ? candidate - 100 : candidate
}
