import { isRealDay } from './civil-time.ts'
import type { DateMatch, Moment, MomentContext } from './moment.ts'
import { findRelativeDate, readShortAge } from './relative-date.ts'
import { cleanLine } from './text.ts'
import { findWrittenDate } from './written-date.ts'

export type { Moment, MomentContext } from './moment.ts'

const earliest = Date.UTC(1990, 0, 1)
const day = 86_400_000
const maxRawLength = 200

/** Longer texts than this are no date with a word before it. */
const maxSearchLength = 10_000

/** ISO 8601 basic format: 20221211T074700Z. */
const basicIso = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * Reads a time as a page or feed gives it: ISO 8601, RFC 2822, RFC 850, asctime, Unix seconds or
 * milliseconds, dates in some thirty languages, "today, 14:32", "В понедельник в 14:32",
 * "2 hours ago", "5h". Times without an offset are on the site's clock. Never throws and never
 * guesses: without a day and a month, or a word that stands for them, `at` is null.
 */
export function parseMoment(raw: string | null | undefined, context: MomentContext): Moment {
  const line = cleanLine(raw, maxSearchLength)
  if (line === null) return { at: null, precision: null, raw: null }
  const found =
    readTimestamp(line) ??
    readUnixTime(line) ??
    readShortAge(line, context) ??
    firstDate(line.replace(basicIso, extendedIso), context)
  return momentOf(found, line, context)
}

/**
 * The first date expression inside a longer text, such as a comment's header
 * ("spectr (Dmitriy) 11 December 2022 07: 49"), with the place of its words; null when there is none.
 * `index` and `length` count UTF-16 units of the text as given.
 */
export function findMoment(
  text: string,
  context: MomentContext,
): (Moment & { readonly index: number; readonly length: number }) | null {
  const found = firstDate(text.slice(0, maxSearchLength), context)
  if (found === null) return null
  const { index, length } = found
  return { index, length, ...momentOf(found, text.slice(index, index + length), context) }
}

/** Where a written date and relative words overlap ("Monday, 11.12.2022"), the written one knows more. */
function firstDate(raw: string, context: MomentContext): DateMatch | null {
  const text = withLatinDigits(raw)
  const written = findWrittenDate(text, context)
  if (written?.index === 0) return written
  const relative = findRelativeDate(text, context)
  if (written === null || relative === null) return written ?? relative
  return relative.index + relative.length <= written.index ? relative : written
}

const otherDigits = /[٠-٩۰-۹०-९০-৯０-９]/g

/** Arabic, Persian, Hindi, Bengali and full-width digits, one for one. */
const withLatinDigits = (text: string): string => text.replace(otherDigits, latinDigit)

/** Their zeros have codes that end in 0, those of the Indian scripts in 6. */
function latinDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  return String((code & 0xf) - (code >> 8 === 9 ? 6 : 0))
}

function momentOf(
  found: Omit<DateMatch, 'index' | 'length'> | null,
  raw: string,
  context: MomentContext,
): Moment {
  const words = cleanLine(raw, maxRawLength)
  const at = found?.at ?? null
  const isPlausible =
    at !== null && at.getTime() >= earliest && at.getTime() <= context.fetchedAt.getTime() + day
  return isPlausible
    ? { at, precision: found?.precision ?? null, raw: words }
    : { at: null, precision: null, raw: words }
}

/** What machines write for machines: 2022-12-11T07:47:00+03:00. Offsets from 14 hours on are left to the rest. */
const timestamp =
  /^[1-9]\d{3}-(?:0\d|1[0-2])-[0-3]\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/

function readTimestamp(line: string): Omit<DateMatch, 'index' | 'length'> | null {
  if (!timestamp.test(line)) return null
  const isReal = isRealDay(Number(line.slice(0, 4)), Number(line.slice(5, 7)), Number(line.slice(8, 10)))
  return isReal ? { at: new Date(line), precision: 'second' } : null
}

/** Ten digits are seconds, thirteen milliseconds: both lengths last from 2001 to 2286. */
function readUnixTime(line: string): Omit<DateMatch, 'index' | 'length'> | null {
  if (/^\d{10}(?:\.\d{1,9})?$/.test(line)) {
    return { at: new Date(Math.floor(Number(line) * 1000)), precision: 'second' }
  }
  return /^\d{13}$/.test(line) ? { at: new Date(Number(line)), precision: 'second' } : null
}

function extendedIso(
  _matched: string,
  year: string,
  month: string,
  dayOfMonth: string,
  hour?: string,
  minute?: string,
  second?: string,
  offset?: string,
): string {
  const date = `${year}-${month}-${dayOfMonth}`
  if (hour === undefined) return date
  return `${date}T${hour}:${minute ?? '00'}${second === undefined ? '' : `:${second}`}${offset ?? ''}`
}
