import type { Zone } from 'luxon'
import type { TimePrecision } from '../extractors/comments/platform.ts'
import { type CivilTime, zoneEastOfGreenwich, zoneNamed } from './civil-time.ts'
import { hourInHalf, marksAfterTime, marksBeforeTime } from './day-halves.ts'

/** A time of day as written, with the zone when it names one. */
export interface ClockTime {
  readonly hour: number
  readonly minute: number
  /** Null when only minutes are written. */
  readonly second: number | null
  readonly millisecond: number
  readonly zone: Zone | null
  /** Written with am or pm, or another language's marks after it. */
  readonly isTwelveHour: boolean
  /** Length of the matched words. */
  readonly length: number
}

// "07:47", "07: 47" (machine-translated pages), "7.47 pm", "14h32", "7pm", "14 Uhr", "오후 3:04".
const minuteAndSecond =
  '\\s{0,2}[:.h时時点點시]\\s{0,2}(?<minute>\\d{2})[分분]?(?:\\s{0,2}[:.]\\s{0,2}(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?'
const fullHour = '(?=\\s?(?:[ap]\\.?\\s?m|h|uhr)(?![\\p{L}\\d]))'
const clock = [
  `(?:(?<halfBefore>${marksBeforeTime})\\.?)?\\s?`,
  `(?<hour>\\d{1,2})(?:${minuteAndSecond}|${fullHour})(?!\\d|[.:/]\\d)`,
  `(?:\\s{0,2}(?<half>${marksAfterTime})(?![\\p{L}\\p{M}\\d])\\.?)?`,
  '(?:\\s?(?:uhr|hrs?|h|ч)(?![\\p{L}\\d])\\.?)?',
].join('')

/** Nothing without this in it holds a time of day. */
const anyClock = /\d(?:\s{0,2}[:.h时時點点시]\s{0,2}\d\d|\s?(?:[ap]\.?\s?m|h|uhr))/iu

export const mayHoldClock = (text: string): boolean => anyClock.test(text)

/** What may stand between a date and its time: "2022 at 7:47", "2022, 07:47", "2022 г. в 07:47". */
const joint = [
  '(?:\\s?[(（][日月火水木金土월화수목금토일][)）])?',
  '\\s{0,3}(?:(?:г|р)(?:\\.|ода?|оку)?(?!\\p{L}),?\\s{0,2}|[,;|·•/–—-]\\s{0,3}|\\()?',
  '(?:(?:at|um|в|во|о|об|у|à|às|as|a\\slas?|alle(?:\\sore)?|ore|om|kl\\.?|klo|saat|godz\\.?|v|o|i|pukul|lúc|בשעה|στις|στο|الساعة|@|t)(?!\\p{L})\\s{0,2})?',
].join('')

/** A bare "+3" after a space is a comment's rating, not an offset. */
const offset = [
  '(?:\\s{0,2}\\(?(?:utc|gmt)\\s?|(?=[+−-]\\d{2})|\\s(?=[+−-]\\d{2}:?\\d{2}))',
  '(?<sign>[+−-])(?<offsetHour>\\d{1,2})(?::?(?<offsetMinute>\\d{2}))?(?!\\d)',
].join('')
const zoneName = '\\s{0,2}\\(?(?<zoneName>z|[a-zмск]{2,4})(?![\\p{L}\\d/])'
const zone = `(?:${offset}|${zoneName})?`

const afterDate = new RegExp(`${joint}${clock}${zone}`, 'iuy')
const beforeDate = new RegExp(
  `(?<![\\p{L}\\d:.])${clock}${zone}\\s{0,2}[,|·•–—/-]?\\s{0,2}(?:(?:on|den|am|del?|le|em|il)\\s)?$`,
  'iu',
)

/** Abbreviations are unclear world-wide; these are the readings usual on news sites. */
const zoneAbbreviations: Readonly<Record<string, string>> = {
  Z: 'UTC',
  UTC: 'UTC',
  GMT: 'UTC',
  WET: 'UTC',
  BST: 'UTC+1',
  CET: 'UTC+1',
  MEZ: 'UTC+1',
  WEST: 'UTC+1',
  CEST: 'UTC+2',
  MESZ: 'UTC+2',
  EET: 'UTC+2',
  EEST: 'UTC+3',
  MSK: 'UTC+3',
  МСК: 'UTC+3',
  EST: 'UTC-5',
  EDT: 'UTC-4',
  ET: 'America/New_York',
  CST: 'UTC-6',
  CDT: 'UTC-5',
  CT: 'America/Chicago',
  MST: 'UTC-7',
  MDT: 'UTC-6',
  PST: 'UTC-8',
  PDT: 'UTC-7',
  PT: 'America/Los_Angeles',
  JST: 'UTC+9',
  KST: 'UTC+9',
}

/** The time of day that follows a date whose words end at `index`, or null. */
export function clockTimeAfter(
  text: string,
  index: number,
  language: string | null = null,
): ClockTime | null {
  afterDate.lastIndex = index
  return readClock(afterDate.exec(text), language)
}

/** The time of day right before a date whose words begin at `index`, or null. */
export function clockTimeBefore(
  text: string,
  index: number,
  language: string | null = null,
): ClockTime | null {
  // Longer than any time of day, and short enough that the search stays cheap on hostile text.
  const start = Math.max(0, index - 32)
  return readClock(beforeDate.exec(text.slice(start, index)), language)
}

/** The time to set on a calendar day; midnight when none is written. */
export function timeOfDay(
  clock: ClockTime | null,
): Pick<CivilTime, 'hour' | 'minute' | 'second' | 'millisecond'> {
  if (clock === null) return { hour: 0, minute: 0, second: 0, millisecond: 0 }
  const { hour, minute, second, millisecond } = clock
  return { hour, minute, second: second ?? 0, millisecond }
}

/** How exactly a day with this time of day is known. */
export function precisionOf(clock: ClockTime | null): TimePrecision {
  if (clock === null) return 'day'
  return clock.second === null ? 'minute' : 'second'
}

function readClock(match: RegExpExecArray | null, language: string | null): ClockTime | null {
  const parts = match?.groups
  if (match === null || parts === undefined) return null
  const { hour, isTwelveHour, unknownMark } = readHour(parts, language)
  const minute = Number(parts['minute'] ?? 0)
  const second = parts['second'] === undefined ? null : Number(parts['second'])
  if (hour > 23 || minute > 59 || (second ?? 0) > 60) return null
  const named = readZone(parts)
  return {
    hour,
    minute,
    second,
    millisecond: Math.floor(Number(`0.${parts['fraction'] ?? 0}`) * 1000),
    zone: named,
    isTwelveHour,
    length: lengthWithout(match[0], unknownMark, named === null ? parts['zoneName'] : undefined),
  }
}

interface WrittenHour {
  readonly hour: number
  readonly isTwelveHour: boolean
  readonly unknownMark: string | undefined
}

function readHour(
  { hour, half, halfBefore }: Readonly<Record<string, string | undefined>>,
  language: string | null,
): WrittenHour {
  const written = Number(hour)
  const mark = half ?? halfBefore
  const inHalf = mark === undefined ? null : hourInHalf(written, mark, language)
  return inHalf === null
    ? { hour: written, isTwelveHour: false, unknownMark: half }
    : { hour: inHalf, isTwelveHour: half !== undefined, unknownMark: undefined }
}

function readZone(parts: Readonly<Record<string, string | undefined>>): Zone | null {
  const { sign, offsetHour, offsetMinute, zoneName: name } = parts
  if (offsetHour !== undefined) {
    const minutes = Number(offsetHour) * 60 + Number(offsetMinute ?? 0)
    return minutes > 14 * 60 ? null : zoneEastOfGreenwich(sign === '+' ? minutes : -minutes)
  }
  // Only capitals: a French "et" or an English "est" after a time is no zone.
  const known = name === undefined ? undefined : zoneAbbreviations[name === 'z' ? 'Z' : name]
  return known === undefined ? null : zoneNamed(known)
}

/** A word after the time that turned out to be no mark or zone belongs to what follows. */
function lengthWithout(matched: string, ...unknown: readonly (string | undefined)[]): number {
  const word = unknown.find((given) => given !== undefined)
  return word === undefined ? matched.length : matched.slice(0, matched.lastIndexOf(word)).trimEnd().length
}
