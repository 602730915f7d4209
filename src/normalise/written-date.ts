import { weekdayNamed } from './calendar-words.ts'
import { type CivilTime, civilTimeAt, instantOf, zoneNamed } from './civil-time.ts'
import { type ClockTime, clockTimeAfter, clockTimeBefore, precisionOf, timeOfDay } from './clock-time.ts'
import { type CalendarDay, type DayPattern, dayPatterns } from './day-patterns.ts'
import type { DateMatch, MomentContext } from './moment.ts'

/** The first calendar day written out in a text, with its time of day when one stands beside it. */
export function findWrittenDate(text: string, context: MomentContext): DateMatch | null {
  // Every pattern asks for a day in digits.
  if (!/\d/.test(text)) return null
  let first: DateMatch | null = null
  for (const dayPattern of dayPatterns) {
    if (first?.index === 0) break
    const found = firstOfPattern(dayPattern, text, context)
    if (found !== null && (first === null || found.index < first.index)) first = found
  }
  return first
}

function firstOfPattern(dayPattern: DayPattern, text: string, context: MomentContext): DateMatch | null {
  const { pattern } = dayPattern
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const after = timeAfter(text, match.index + match[0].length, context)
    const habits = { language: context.language ?? null, isTwelveHour: after?.isTwelveHour ?? false }
    const day = dayPattern.read(match.groups ?? {}, habits)
    const found = day === null ? null : withTime(text, match, day, after, context)
    if (found !== null) return found
    // A refused match may hide one that begins inside it.
    pattern.lastIndex = match.index + 1
  }
  return null
}

const wordBehind = /,?\s(?<word>[\p{L}\p{M}'’]{2,16})(?![\p{L}\p{M}])\.?/uy

/** The time behind a day, also behind "Pazartesi" as in "03 Haziran 2024 Pazartesi 14:22". */
function timeAfter(text: string, index: number, { language }: MomentContext): ClockTime | null {
  const after = clockTimeAfter(text, index, language)
  if (after !== null) return after
  wordBehind.lastIndex = index
  const behind = wordBehind.exec(text)
  const name = behind?.groups?.['word'] ?? ''
  if (behind === null || weekdayNamed(name, language) === null) return null
  const later = clockTimeAfter(text, wordBehind.lastIndex, language)
  return later === null ? null : { ...later, length: later.length + behind[0].length }
}

function withTime(
  text: string,
  match: RegExpExecArray,
  day: CalendarDay,
  after: ClockTime | null,
  context: MomentContext,
): DateMatch | null {
  const { index } = match
  const { length } = match[0]
  const weekdayIndex = withWeekday(text, index, context)
  const before = after === null ? clockTimeBefore(text, weekdayIndex, context.language) : null
  const clock = after ?? before
  // "12 May" inside a sentence may be anything; a time beside it, or nothing else, makes it a date.
  if (day.year === null && clock === null && text.trim().length > length) return null
  const begin = weekdayIndex - (before?.length ?? 0)
  return {
    index: begin,
    length: index + length + (after?.length ?? 0) - begin,
    at: instantOfDay(day, clock, context),
    precision: precisionOf(clock),
  }
}

/** "Sunday, 11 December": the weekday says nothing new, but belongs to the words of the date. */
function withWeekday(text: string, index: number, context: MomentContext): number {
  const before = /(?<![\p{L}\p{M}])(?<word>[\p{L}\p{M}'’]{2,16})\.?,?\s{0,2}$/u.exec(
    text.slice(Math.max(0, index - 24), index),
  )
  const name = before?.groups?.['word']
  if (before === null || name === undefined || weekdayNamed(name, context.language) === null) return index
  return index - before[0].length
}

function instantOfDay(day: CalendarDay, clock: ClockTime | null, context: MomentContext): Date | null {
  const zone = clock?.zone ?? zoneNamed(context.timezone)
  const civil = (year: number): CivilTime => ({
    year,
    month: day.month,
    day: day.day,
    ...timeOfDay(clock),
  })
  if (day.year !== null) return instantOf(civil(day.year), zone)
  const thisYear = civilTimeAt(context.fetchedAt, zone).year
  const at = instantOf(civil(thisYear), zone)
  return at !== null && at.getTime() <= context.fetchedAt.getTime() + 86_400_000
    ? at
    : instantOf(civil(thisYear - 1), zone)
}
