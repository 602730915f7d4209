import type { Alarm } from '../db/alarms.ts'
import type { NewsHour } from '../db/pass-measures.ts'
import type { PassFigures, PastCheck } from '../db/site-checks.ts'
import { median, robustDeviation } from './evidence.ts'

const DAY = 24
/** Days of work, or of rest, that must be known to say what they usually bring. */
const FEWEST_DAYS = 4
/** False alarms that a healthy site may raise in a day. */
const FALSE_PER_DAY = 8e-4
/** Days differ by a fifth or so, beyond what chance explains: the shape of the gamma distribution of their pace. */
const STEADINESS = 20
/** The pace of the hours before tells of a day that is quiet, such as a holiday, or busy. */
const PACE_HOURS = 8

/**
 * Nothing new for so long that chance does not explain it. Hours of days of work are compared with the same hours of
 * other such days, days of rest with days of rest; each day has a pace of its own, that of the first day as the hours
 * before the silence tell it. So the articles that did not come are distributed as a negative binomial.
 * @param counted what is known of the last four weeks, oldest first, the last pass included.
 * @param now hours since 1970.
 */
export function findSilence(counted: readonly NewsHour[], now: number): Alarm[] {
  const hours = withoutBacklogs(counted)
  const last = hours.findLast(({ articles }) => articles > 0)?.hour
  const first = hours[0]?.hour
  if (first === undefined || last === undefined || last >= now) return []
  const usual = usualHours(hours, first, last)
  const missed = (from: number, to: number): number => {
    let sum = 0
    for (let hour = from; hour <= to; hour++) sum += usual.at(hour)
    return sum
  }
  // Where too little is known to say what an hour brings, no news makes the day a busy one.
  const comparable = hours.filter(({ hour }) => hour >= last - PACE_HOURS && usual.at(hour) > 0)
  // The last article is where the silence begins.
  const cameBefore = Math.max(0, sumOf(comparable, last - PACE_HOURS, last) - 1)
  let chance = 1
  for (let from = last + 1; from <= now; from += DAY) {
    const isFirst = from === last + 1
    const steadiness = usual.steadiness
    const [came, expected] = isFirst ? [cameBefore, missed(last - PACE_HOURS, last)] : [0, 0]
    const shape = steadiness + came
    const rate = steadiness + expected
    chance *= (rate / (rate + missed(from, Math.min(now, from + DAY - 1)))) ** shape
  }
  if (chance > FALSE_PER_DAY / usual.silencesPerDay) return []
  const message =
    `no new article in ${now - last} hours, which used to bring ${Math.round(missed(last + 1, now))}: ` +
    `see that its feeds and pages can still be read`
  return [{ kind: 'nothing_new', message, urls: [] }]
}

interface UsualHours {
  /** Articles that an hour (since 1970) usually brings; 0 where too little is known. */
  readonly at: (hour: number) => number
  readonly steadiness: number
  /** Silences that begin on a day, each of which may be taken for a long one by chance. */
  readonly silencesPerDay: number
}

function usualHours(hours: readonly NewsHour[], first: number, last: number): UsualHours {
  const sums = new Map<string, number>()
  let [articles, busyHours] = [0, 0]
  for (const { hour, articles: found } of hours) {
    if (found === 0) continue
    sums.set(kindOf(hour), (sums.get(kindOf(hour)) ?? 0) + found)
    articles += found
    busyHours++
  }
  const days = (isRest: boolean): number => {
    let known = 0
    for (let hour = first; hour <= last; hour += DAY) if (isRestDay(hour) === isRest) known++
    return known
  }
  const [restDays, workDays] = [days(true), days(false)]
  return {
    at: (hour) => {
      const known = isRestDay(hour) ? restDays : workDays
      return known < FEWEST_DAYS ? 0 : (sums.get(kindOf(hour)) ?? 0) / known
    },
    steadiness: 1 / (1 / STEADINESS + 1 / Math.max(1, articles)),
    silencesPerDay: Math.max(1, (busyHours * DAY) / Math.max(DAY, last - first + 1)),
  }
}

/** Times the usual that an hour's articles count at most. */
const MOST_TIMES = 5

/** What a first pass takes of an archive, or the first one after a long while, says nothing of the hours to come. */
function withoutBacklogs(hours: readonly NewsHour[]): readonly NewsHour[] {
  const usual = median(hours.flatMap(({ articles }) => (articles > 0 ? [articles] : []))) ?? 0
  return hours.map(({ hour, articles }) => ({ hour, articles: Math.min(articles, MOST_TIMES * usual) }))
}

const kindOf = (hour: number): string => `${isRestDay(hour)} ${hour % DAY}`

const sumOf = (hours: readonly NewsHour[], from: number, to: number): number =>
  hours.reduce((sum, { hour, articles }) => (hour >= from && hour <= to ? sum + articles : sum), 0)

/** Saturday or Sunday, in UTC. 1970 began on a Thursday. */
const isRestDay = (hour: number): boolean => [2, 3].includes(Math.floor(hour / DAY) % 7)

/** Passes that must be known to have named articles, and those in a row that did not. */
const [FEWEST_NAMING, EMPTY_IN_A_ROW] = [5, 2]

/**
 * Everything that was read to learn of articles names none, twice in a row, as when a feed goes on answering and its
 * entries are elsewhere, or a front page has a new design. An answer of that kind is given now and then by mistake.
 * @param passes newest first.
 */
export function findEmptySources(passes: readonly Pick<PastCheck, 'figures' | 'alarms'>[]): Alarm[] {
  const looks = passes.flatMap(({ figures, alarms }) => {
    const { sources = 0, emptySources = 0 } = figures ?? {}
    return sources === 0 ? [] : [{ sources, isEmpty: emptySources === sources, alarms }]
  })
  const now = looks.slice(0, EMPTY_IN_A_ROW)
  if (now.length < EMPTY_IN_A_ROW || !now.every(({ isEmpty }) => isEmpty)) return []
  // What was alarming already is no measure of what is usual.
  const before = looks.filter(({ alarms }) => alarms.every(({ kind }) => kind !== 'sources_empty'))
  const naming = before.filter(({ isEmpty }) => !isEmpty).length
  if (naming < FEWEST_NAMING || before.length - naming > EMPTY_IN_A_ROW + naming / 50) return []
  const message =
    `no feed, sitemap or listing names an article any more (${now[0]?.sources ?? 0} read): ` +
    `see what they answer, and give their new addresses`
  return [{ kind: 'sources_empty', message, urls: [] }]
}

/** Threads that make a sample, and samples of the past that there must be. */
const [SAMPLE_THREADS, FEWEST_SAMPLES] = [10, 5]

/** Threads are read, and hold far fewer comments than they ever did. @param passes newest first. */
export function findFewerComments(passes: readonly PassFigures[]): Alarm[] {
  const [now, ...before] = samples(passes)
  if (now === undefined || before.length < FEWEST_SAMPLES) return []
  const usual = median(before) ?? 0
  if (usual < 1 || now > usual / 10 || now > Math.min(...before) / 2) return []
  const message =
    `threads hold ${now.toFixed(1)} comments on average, and held ${usual.toFixed(1)}: ` +
    `see one with npm run inspect`
  return [{ kind: 'comments_fewer', message, urls: [] }]
}

/** Comments per thread, over as many passes as make a sample; newest first. */
function samples(passes: readonly PassFigures[]): number[] {
  const found: number[] = []
  let [threads, comments] = [0, 0]
  for (const pass of passes) {
    threads += pass.threads
    comments += pass.comments
    if (threads < SAMPLE_THREADS) continue
    found.push(comments / threads)
    threads = 0
    comments = 0
  }
  return found
}

const [FEWEST_DUE, FEWEST_PASSES, DEVIATIONS, TIMES_DUE] = [50, 10, 6, 3]

/** Far more is left over after a pass than used to be, twice in a row. @param passes newest first. */
export function findPilingUp(passes: readonly PassFigures[]): Alarm[] {
  const [now = 0, last = 0] = [passes[0]?.due, passes[1]?.due]
  const before = now > FEWEST_DUE && last > FEWEST_DUE ? passes.slice(2).map(({ due }) => due) : []
  if (before.length < FEWEST_PASSES) return []
  const usual = median(before) ?? 0
  const most = Math.max(FEWEST_DUE, TIMES_DUE * usual, usual + DEVIATIONS * robustDeviation(before))
  if (now <= most || last <= most) return []
  const message =
    `${now} articles are still due after the pass, and ${Math.round(usual)} used to be: ` +
    `run it more often, or with a smaller delay if the host allows it`
  return [{ kind: 'due_piling', message, urls: [] }]
}
