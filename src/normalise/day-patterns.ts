import { monthNamed } from './calendar-words.ts'
import { isRealDay } from './civil-time.ts'

export interface CalendarDay {
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

export interface DayPattern {
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
export const dayPatterns: readonly DayPattern[] = [
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
