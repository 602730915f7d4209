import { monthNamed, weekdayNamed } from './calendar-words.ts'
import { type CivilTime, civilTimeAt, instantOf, isRealDay, zoneNamed } from './civil-time.ts'
import { type ClockTime, clockTimeAfter, clockTimeBefore, precisionOf, timeOfDay } from './clock-time.ts'
import type { DateMatch, MomentContext } from './moment.ts'

interface CalendarDay {
  /** Null when the year is not written. */
  readonly year: number | null
  readonly month: number
  readonly day: number
}

/** What may decide an unclear date. */
interface Habits {
  readonly language: string | null
  /** The time beside the date has am or pm. */
  readonly isTwelveHour: boolean
}

interface DayPattern {
  readonly pattern: RegExp
  read(parts: Readonly<Record<string, string | undefined>>, habits: Habits): CalendarDay | null
}

const start = '(?<![\\p{L}\\p{N}]|\\p{N}[.:/-])'
const end = '(?![\\p{N}]|[./-]\\p{N})'
const word = "[\\p{L}\\p{M}'’]{2,16}"
const dayNumber = '(?<day>\\d{1,2})'
const dayEnding = '(?:\\s?(?:st|nd|rd|th|er|º|ª|-?го|-?е|\\.)(?!\\p{L}))?'
const of = "(?:(?:de|of|di|del)\\s{1,2}|d['’]\\s?)?"
const shortOrLongYear = "(?<year>\\d{4}|(?:(?<=[-/])|['’])\\d{2})"

/** Months have numbers, in digits or in words. */
const vietnameseMonths = [
  'một',
  'hai',
  'ba',
  'tư',
  'năm',
  'sáu',
  'bảy',
  'tám',
  'chín',
  'mười',
  'mười một',
  'mười hai',
]
const vietnameseMonth = vietnameseMonths.toReversed().join('|')

/** Ways to write a calendar day. Every quantifier is bounded: hostile text costs linear time. */
const dayPatterns: readonly DayPattern[] = [
  {
    // 2022-12-11, 2022/12/11, 2022.12.11, 2022.12.11.
    pattern: new RegExp(
      `${start}(?<year>\\d{4})(?<separator>[-/.])(?<month>\\d{1,2})\\k<separator>(?<day>\\d{1,2})${end}(?:(?<=\\.\\d{1,2})\\.(?=\\s))?`,
      'gu',
    ),
    read: (parts) => calendarDay(parts['year'], parts['month'], parts['day']),
  },
  {
    // 2022年12月11日, 2022년 12월 11일, 12月11日
    pattern:
      /(?<!\p{N}|[年년]\s?)(?:(?<year>\d{4})\s?[年년]\s?)?(?<month>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]/gu,
    read: (parts) =>
      parts['year'] === undefined
        ? dayWithoutYear(Number(parts['month']), Number(parts['day']))
        : calendarDay(parts['year'], parts['month'], parts['day']),
  },
  {
    // 2022. 12. 11.
    pattern: /(?<!\p{N})(?<year>\d{4})\.\s(?<month>\d{1,2})\.\s(?<day>\d{1,2})(?!\p{N})\.?/gu,
    read: (parts) => calendarDay(parts['year'], parts['month'], parts['day']),
  },
  {
    // 11.12.2022, 11/12/2022, 11-12-22, 11.12, 2022
    pattern: new RegExp(
      `${start}(?<first>\\d{1,2})(?<separator>[-/.])(?<second>\\d{1,2})(?:\\k<separator>(?<year>\\d{4}|\\d{2})|,\\s?(?<lateYear>\\d{4}))${end}`,
      'gu',
    ),
    read: readNumericDay,
  },
  {
    // 11. 12. 2022
    pattern: new RegExp(
      `${start}(?<first>\\d{1,2})(?<separator>\\.)\\s(?<second>\\d{1,2})\\.\\s(?<year>\\d{4})${end}`,
      'gu',
    ),
    read: readNumericDay,
  },
  {
    // 11 December 2022, 11. Dez. 2022, 11 de diciembre de 2022, 11-Dec-22, 11 дек, 2022
    pattern: new RegExp(
      `${start}${dayNumber}${dayEnding}[\\s/-]{0,3}${of}(?<word>${word})\\.?(?:[\\s,،/-]{1,3}${of}${shortOrLongYear}${end})?(?!\\p{L})`,
      'giu',
    ),
    read: readNamedDay,
  },
  {
    // 11 tháng 12, 2022, 11 tháng 12 năm 2022, 11 Tháng Mười Hai, 2022
    pattern: new RegExp(
      `${start}${dayNumber}[\\s,]{1,2}tháng\\s(?:(?<month>\\d{1,2})|(?<word>${vietnameseMonth}))(?:[\\s,]{1,2}(?:năm\\s)?(?<year>\\d{4})${end}|(?![\\p{L}\\p{N}]))`,
      'giu',
    ),
    read: ({ day, month, word: name, year }) => {
      const number = month ?? String(vietnameseMonths.indexOf(name?.toLowerCase() ?? '') + 1)
      return year === undefined ? dayWithoutYear(Number(number), Number(day)) : calendarDay(year, number, day)
    },
  },
  {
    // December 11, 2022, Dec 11th 2022, Sun Dec 11 07:47:00 MSK 2022 (asctime, date)
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}])(?<word>${word})\\.?\\s{1,2}${dayNumber}(?:st|nd|rd|th)?(?![\\p{L}\\p{N}]|\\s?[:.]\\s?\\p{N})(?:[\\s,]{1,3}(?<year>\\d{4})${end}|(?=\\s{1,2}\\d{2}:\\d{2}:\\d{2}\\s(?:[a-z]{3,4}\\s|[+-]\\d{4}\\s)?(?<lateYear>\\d{4})(?!\\p{N}))|)`,
      'giu',
    ),
    read: readNamedDay,
  },
  {
    // 2022. december 11., 2022 m. gruodžio 11 d.
    pattern: new RegExp(
      `${start}(?<year>\\d{4})\\.?\\s{1,2}(?:m\\.\\s)?(?<word>${word})\\s{1,2}${dayNumber}(?![\\p{N}])(?:\\.|\\sd\\.)?`,
      'giu',
    ),
    read: readNamedDay,
  },
]

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

function readNamedDay(
  parts: Readonly<Record<string, string | undefined>>,
  { language }: Habits,
): CalendarDay | null {
  const month = monthNamed(parts['word'] ?? '', language)
  if (month === null) return null
  const year = parts['year'] ?? parts['lateYear']
  if (year !== undefined) return calendarDay(year, String(month), parts['day'])
  return dayWithoutYear(month, Number(parts['day']))
}

function dayWithoutYear(month: number, day: number): CalendarDay | null {
  return isRealDay(2024, month, day) ? { year: null, month, day } : null
}

type NumericDay = Readonly<Record<string, string | undefined>>

function readNumericDay(parts: NumericDay, habits: Habits): CalendarDay | null {
  const { first, second } = parts
  const year = parts['year'] ?? parts['lateYear']
  const yearFirst = isYearFirst(parts, habits) ? calendarDay(first, second, year) : null
  const dayFirst = calendarDay(year, second, first)
  const monthFirst = calendarDay(year, first, second)
  return yearFirst ?? (isMonthFirst(parts, habits) ? (monthFirst ?? dayFirst) : (dayFirst ?? monthFirst))
}

/** Where 26/03/14 is a day of 2026. In Swedish that is so with hyphens; 14/3/26 has the day first. */
const yearFirstSeparators: Readonly<Record<string, string>> = {
  ja: '-/.',
  ko: '-/.',
  zh: '-/.',
  hu: '-/.',
  sv: '-',
}

function isYearFirst({ year, separator = '' }: NumericDay, { language }: Habits): boolean {
  const separators = yearFirstSeparators[language?.split('-')[0] ?? ''] ?? ''
  return year?.length === 2 && separators.includes(separator)
}

/**
 * 03/04/2024 is the 3rd of April everywhere but on pages that say they are American, or that are
 * English of no named region and write the time with am or pm beside it.
 */
function isMonthFirst({ separator }: NumericDay, { language, isTwelveHour }: Habits): boolean {
  return separator !== '.' && (language === 'en-US' || (isTwelveHour && (language ?? 'en') === 'en'))
}

function calendarDay(
  writtenYear: string | undefined,
  writtenMonth: string | undefined,
  writtenDay: string | undefined,
): CalendarDay | null {
  const digits = (writtenYear ?? '').replace(/\D/g, '')
  // POSIX: two digits from 69 are of the last century.
  const century = digits.length > 2 ? 0 : Number(digits) >= 69 ? 1900 : 2000
  const year = century + Number(digits)
  const month = Number(writtenMonth)
  const day = Number(writtenDay)
  return digits !== '' && isRealDay(year, month, day) ? { year, month, day } : null
}
