/** What a site's own clock shows at a moment. */
interface ClockReading {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

export function readClock(moment: Date, timezone: string): ClockReading {
  let format = formats.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timezone, format)
  }
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

/** Days since 1970 on the site's calendar. */
export function calendarDay(moment: Date, timezone: string): number {
  const { year, month, day } = readClock(moment, timezone)
  return Date.UTC(year, month - 1, day) / 86_400_000
}

/** `2026-03-02T14:31:07`, on the site's clock. */
export function localIso(moment: Date, timezone: string): string {
  const { year, month, day, hour, minute, second } = readClock(moment, timezone)
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
}

/** `2026-03-02T14:31:07+03:00`. */
export function offsetIso(moment: Date, timezone: string): string {
  return `${localIso(moment, timezone)}${offset(moment, timezone, ':')}`
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
export const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `Mon, 02 Mar 2026 14:31:07 +0300` (RFC 2822). */
export function mailDate(moment: Date, timezone: string): string {
  const { year, month, day, hour, minute, second } = readClock(moment, timezone)
  const weekday = weekdays[(calendarDay(moment, timezone) + 4) % 7]
  const name = englishMonths[month - 1]?.slice(0, 3)
  const time = `${two(hour)}:${two(minute)}:${two(second)}`
  return `${weekday}, ${two(day)} ${name} ${year} ${time} ${offset(moment, timezone, '')}`
}

export function two(number: number): string {
  return String(number).padStart(2, '0')
}

function offset(moment: Date, timezone: string, separator: string): string {
  const { year, month, day, hour, minute, second } = readClock(moment, timezone)
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  const minutes = Math.round((local - moment.getTime()) / 60_000)
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`
}
