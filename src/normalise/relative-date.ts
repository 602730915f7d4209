import { weekdayNamed } from './calendar-words.ts'
import { addDays, addMonths, civilTimeAt, instantOf, isoWeekday, zoneNamed } from './civil-time.ts'
import {
  type ClockTime,
  clockTimeAfter,
  clockTimeBefore,
  mayHoldClock,
  precisionOf,
  timeOfDay,
} from './clock-time.ts'
import { matchesOf } from './matches.ts'
import type { DateMatch, MomentContext } from './moment.ts'
import {
  dayWords,
  justNowWords,
  numberWords,
  prefixesOfAge,
  impliedCount,
  languagesOfAgeWord,
  closeSuffixesOfAge,
  suffixesOfAge,
  type TimeUnit,
  unitNamed,
} from './relative-words.ts'

const start = '(?<![\\p{L}\\p{M}\\p{N}])'
const end = '(?![\\p{L}\\p{M}\\p{N}])'
const unit = '[\\p{L}\\p{M}]{1,12}'
const anyOf = (words: Iterable<string>): string =>
  [...words]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.']/g, (mark) => (mark === '.' ? '\\.' : "['’]")))
    .join('|')
const number = `\\d{1,4}|${anyOf(numberWords.keys())}`

const justNow = new RegExp(`${start}(?:${anyOf(justNowWords)})${end}`, 'iu')

/** "2 hours ago", "1 hour, 5 minutes ago", "минуту назад"; not the end of "1.5 hours ago" or "half an hour ago". */
const ageBeforeSuffix = new RegExp(
  `${start}(?<!\\d[.,]|half\\s{1,2})(?:(?<count>${number})\\s{0,2})?(?<unit>${unit})\\.?(?:,?\\s{1,2}(?:(?:and|und|et|y|e|и|і)\\s)?(?<lesserCount>\\d{1,3})\\s{0,2}(?<lesserUnit>${unit})\\.?)?\\s{1,2}(?<suffix>${anyOf(suffixesOfAge)})${end}`,
  'giu',
)

/** "vor 8 Stunden", "il y a 2 heures", "hace 3 días". */
const ageAfterPrefix = new RegExp(
  `${start}(?<prefix>${anyOf(prefixesOfAge)})\\s{1,2}(?:(?:etwa|ca\\.?|environ|circa|unos|unas|über|mehr als|plus de|más de|mais de|cerca de)\\s{1,2})?(?:(?<count>${number})\\s{0,2})?(?<unit>${unit})${end}`,
  'giu',
)

/** "3小时前", "3時間前", "3시간 전"; not the end of "6月3日前". */
const closeAge = new RegExp(
  `(?<![\\p{N}.,年月/-])(?<count>\\d{1,4})\\s?(?<unit>\\p{L}{1,3})\\s?(?<suffix>${anyOf(closeSuffixesOfAge)})(?!\\p{Script=Hangul})`,
  'gu',
)

/** "5h", "2mo", "3 d." on their own, as apps print them. */
const shortAge = /^(?<count>\d{1,3})\s?(?<unit>\p{L}{1,7})\.?$/u

const dayWord = new RegExp(`${start}(?<word>${anyOf(dayWords.keys())})${end}`, 'giu')

/** Nearly every text has none of these, and then need not be searched for the ways to use them. */
const anyWord = new RegExp(
  `${anyOf([...justNowWords, ...suffixesOfAge, ...dayWords.keys()])}|(?:${anyOf(prefixesOfAge)})\\s`,
  'iu',
)

/** Abbreviations are left out: "so" and "do" are weekdays, too. */
const weekday = /(?<![\p{L}\p{M}\p{N}])(?<word>(?!ʼ)\p{L}[\p{L}\p{M}'’ʼ]{3,15})(?![\p{L}\p{M}\p{N}'’ʼ])/giu
const weekdayPreposition = /(?<![\p{L}\p{N}])(?:в|во|у|ў|on|last|am|le|el|w|we)\s{1,2}$/iu

/** The first words in a text that name a time by its distance from now: "yesterday at 14:32", "5 min ago". */
export function findRelativeDate(text: string, context: MomentContext): DateMatch | null {
  const named = anyWord.test(text)
    ? [
        findJustNow(text, context),
        findAge(ageBeforeSuffix, text, context),
        findAge(ageAfterPrefix, text, context),
        findAge(closeAge, text, context),
        findDayWord(text, context),
      ]
    : []
  // A weekday has its time beside it.
  const found = mayHoldClock(text) ? [...named, findWeekday(text, context)] : named
  return found
    .filter((match) => match !== null)
    .reduce<DateMatch | null>(
      (first, match) => (first === null || match.index < first.index ? match : first),
      null,
    )
}

/** An age that is the whole text, as apps print it: "5h", "2mo". */
export function readShortAge(text: string, context: MomentContext): DateMatch | null {
  const parts = shortAge.exec(text)?.groups
  const named = unitNamed(parts?.['unit'] ?? '')
  if (parts === undefined || named === null) return null
  const at = timeAgo(Number(parts['count']), named, context)
  return { index: 0, length: text.length, at, precision: 'relative' }
}

function findJustNow(text: string, context: MomentContext): DateMatch | null {
  const match = justNow.exec(text)
  if (match === null) return null
  return { index: match.index, length: match[0].length, at: context.fetchedAt, precision: 'relative' }
}

function findAge(pattern: RegExp, text: string, context: MomentContext): DateMatch | null {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const at = instantOfAge(match.groups ?? {}, context)
    if (at !== null) return { index: match.index, length: match[0].length, at, precision: 'relative' }
    // A refused match may hide one that begins inside it.
    pattern.lastIndex = match.index + 1
  }
  return null
}

function instantOfAge(
  parts: Readonly<Record<string, string | undefined>>,
  context: MomentContext,
): Date | null {
  if (!isAgeWordIn(parts['prefix'], context)) return null
  const named = unitNamed(parts['unit'] ?? '', parts['prefix'] ?? parts['suffix'])
  if (named === null) return null
  const count = parts['count'] === undefined ? impliedCount(parts['unit'] ?? '') : numberNamed(parts['count'])
  if (count === null) return null
  const at = timeAgo(count, named, context)
  if (parts['lesserUnit'] === undefined) return at
  const lesser = unitNamed(parts['lesserUnit'])
  return lesser === null ? null : timeAgo(Number(parts['lesserCount']), lesser, { ...context, fetchedAt: at })
}

function isAgeWordIn(prefix: string | undefined, { language }: MomentContext): boolean {
  const languages = languagesOfAgeWord.get(prefix?.toLowerCase() ?? '')
  return languages === undefined || languages.includes(language?.slice(0, 2) ?? '')
}

function numberNamed(word: string): number | null {
  return /^\d+$/.test(word)
    ? Number(word)
    : (numberWords.get(word.toLowerCase().replaceAll('’', "'")) ?? null)
}

function timeAgo(count: number, named: TimeUnit, context: MomentContext): Date {
  const { fetchedAt } = context
  if ('milliseconds' in named) return new Date(fetchedAt.getTime() - count * named.milliseconds)
  const zone = zoneNamed(context.timezone)
  const now = civilTimeAt(fetchedAt, zone)
  const then = 'days' in named ? addDays(now, -count * named.days) : addMonths(now, -count * named.months)
  return instantOf(then, zone) ?? new Date(Number.NaN)
}

function findDayWord(text: string, context: MomentContext): DateMatch | null {
  for (const match of matchesOf(dayWord, text)) {
    const word = match[0].toLowerCase().replaceAll('’', "'")
    const daysAgo = dayWords.get(word)
    if (daysAgo === undefined) continue
    const wordEnd = match.index + match[0].length
    const after = clockTimeAfter(text, wordEnd, context.language)
    const clock = after ?? clockTimeBefore(text, match.index, context.language)
    if (clock === null && !standsAlone(text, wordEnd, word, context)) continue
    const index = match.index - (after === null ? (clock?.length ?? 0) : 0)
    const length = wordEnd + (after?.length ?? 0) - index
    return { index, length, ...dayAgo(daysAgo, clock, context) }
  }
  return null
}

/** "Today" as the last words of a header is a date; "Today we saw" is not, nor is a German "hier". */
function standsAlone(text: string, wordEnd: number, word: string, context: MomentContext): boolean {
  if (word === 'hier' && context.language?.startsWith('fr') !== true) return false
  return /^\s{0,3}(?:$|[|·•,;()\n—–])/u.test(text.slice(wordEnd, wordEnd + 8))
}

function findWeekday(text: string, context: MomentContext): DateMatch | null {
  for (const match of matchesOf(weekday, text)) {
    const clock = clockTimeAfter(text, match.index + match[0].length, context.language)
    const named = clock === null ? null : weekdayNamed(match[0], context.language)
    if (clock === null || named === null) continue
    const before = weekdayPreposition.exec(text.slice(Math.max(0, match.index - 8), match.index))
    const index = match.index - (before?.[0].length ?? 0)
    const length = match.index + match[0].length + clock.length - index
    return { index, length, ...lastWeekday(named, clock, context) }
  }
  return null
}

function lastWeekday(
  named: number,
  clock: ClockTime,
  context: MomentContext,
): Omit<DateMatch, 'index' | 'length'> {
  const today = isoWeekday(civilTimeAt(context.fetchedAt, clock.zone ?? zoneNamed(context.timezone)))
  const daysAgo = (today - named + 7) % 7
  const latest = dayAgo(daysAgo, clock, context)
  // Later today has not happened: last week's is meant.
  const isAhead = latest.at !== null && latest.at.getTime() > context.fetchedAt.getTime()
  return isAhead ? dayAgo(daysAgo + 7, clock, context) : latest
}

function dayAgo(
  daysAgo: number,
  clock: ClockTime | null,
  context: MomentContext,
): Omit<DateMatch, 'index' | 'length'> {
  const zone = clock?.zone ?? zoneNamed(context.timezone)
  const day = addDays(civilTimeAt(context.fetchedAt, zone), -daysAgo)
  return { at: instantOf({ ...day, ...timeOfDay(clock) }, zone), precision: precisionOf(clock) }
}
