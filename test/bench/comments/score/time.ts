const written =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))?(?:\.\d+)?(?<zone>Z|[+-]\d\d:?\d\d)?)?)?)?$/

type Parts = Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'zone', string>>

export interface SameTime {
  /** The same instant where both have an offset, else the same clock on the wall. */
  readonly exact: boolean
  /** The same but for a zone that somebody assumed: whole quarters of an hour, 14 h at most. */
  readonly inAnyZone: boolean
}

const quarter = 900_000
const widest = 14 * 3_600_000

/** Whether a time says what the truth says, as exactly as that does. Null when the truth is no time. */
export function sameTime(truth: string | null, read: string | null): SameTime | null {
  const told = partsOf(truth)
  if (told === null) return null
  const given = partsOf(read)
  if (given === null) return { exact: false, inAnyZone: false }
  if (told.day === undefined) {
    const same = told.year === given.year && (told.month === undefined || told.month === given.month)
    return { exact: same, inAnyZone: same }
  }
  if (told.hour === undefined) return sameDay(told, given)
  return given.hour === undefined ? { exact: false, inAnyZone: false } : sameMoment(told, given)
}

function sameDay(told: Parts, given: Parts): SameTime {
  const exact = told.year === given.year && told.month === given.month && told.day === given.day
  // A day and its neighbours by any clock.
  return { exact, inAnyZone: Math.abs(wallOf(told) - wallOf(given)) <= 38 * 3_600_000 }
}

function sameMoment(told: Parts, given: Parts): SameTime {
  const unit = told.second === undefined ? 60_000 : 1000
  const whole = (milliseconds: number): number => Math.floor(milliseconds / unit)
  const bothHaveZones = told.zone !== undefined && given.zone !== undefined
  const exact = bothHaveZones
    ? whole(instantOf(told)) === whole(instantOf(given))
    : whole(wallOf(told)) === whole(wallOf(given))
  const apart = Math.abs(whole(instantOf(told)) - whole(instantOf(given))) * unit
  return { exact, inAnyZone: exact || (apart <= widest && apart % quarter === 0) }
}

function partsOf(time: string | null): Parts | null {
  return written.exec((time ?? '').trim())?.groups ?? null
}

function wallOf({ year, month = '1', day = '1', hour = '0', minute = '0', second = '0' }: Parts): number {
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
}

/** Without an offset the clock on the wall stands for the instant. */
function instantOf(parts: Parts): number {
  const { zone } = parts
  if (zone === undefined || zone === 'Z') return wallOf(parts)
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return wallOf(parts) - (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
