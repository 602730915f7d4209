import type { Alarm } from '../db/alarms.ts'
import type { NewsHour } from '../db/pass-measures.ts'
import type { PassFigures } from '../db/site-checks.ts'
import { median, robustDeviation } from './evidence.ts'

const DAY = 24
const WEEK = 7 * DAY
/** Articles that used to come while none came now. */
const MISSED_ARTICLES = 12
/** On all days but one at least so many had come. */
const SURELY_MISSED = 4
/** Days, or weeks for a longer silence, that there must be to compare with. */
const [FEWEST_DAYS, FEWEST_WEEKS] = [5, 3]

/**
 * Nothing new, when the same hours of the days before brought articles: days of work are compared with days of work,
 * and a silence of more than a day with the same days of other weeks.
 * @param hours what is known of the last four weeks, oldest first, the last pass included.
 * @param now hours since 1970.
 */
export function findSilence(hours: readonly NewsHour[], now: number): Alarm[] {
  const last = hours.findLast(({ articles }) => articles > 0)?.hour
  if (last === undefined || last >= now) return []
  const from = last + 1
  const length = now - last
  const counts = formerCounts(hours, from, length)
  const fewest = length > DAY || isRestDay(from) ? FEWEST_WEEKS : FEWEST_DAYS
  const usual = median(counts) ?? 0
  const surely = counts.toSorted((a, b) => a - b)[1] ?? 0
  if (counts.length < fewest || usual < MISSED_ARTICLES || surely < SURELY_MISSED) return []
  const message =
    `no new article in ${length} hours, which used to bring ${Math.round(usual)}: ` +
    `see that its feeds and pages can still be read`
  return [{ kind: 'nothing_new', message, urls: [] }]
}

/** New articles of the same hours on each comparable day, or week, that is known. */
function formerCounts(hours: readonly NewsHour[], from: number, length: number): number[] {
  const first = hours[0]?.hour ?? from
  const step = length > DAY ? WEEK : DAY
  const byHour = new Map(hours.map(({ hour, articles }) => [hour, articles]))
  const counts: number[] = []
  for (let start = from - step; start >= first; start -= step) {
    if (start + length > from || isRestDay(start) !== isRestDay(from)) continue
    let sum = 0
    for (let hour = start; hour < start + length; hour++) sum += byHour.get(hour) ?? 0
    counts.push(sum)
  }
  return counts
}

/** Saturday or Sunday, in UTC. 1970 began on a Thursday. */
const isRestDay = (hour: number): boolean => [2, 3].includes(Math.floor(hour / DAY) % 7)

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
  const [now, last, ...before] = passes.map(({ due }) => due)
  if (now === undefined || last === undefined || before.length < FEWEST_PASSES) return []
  const usual = median(before) ?? 0
  const most = Math.max(FEWEST_DUE, TIMES_DUE * usual, usual + DEVIATIONS * robustDeviation(before))
  if (now <= most || last <= most) return []
  const message =
    `${now} articles are still due after the pass, and ${Math.round(usual)} used to be: ` +
    `run it more often, or with a smaller delay if the host allows it`
  return [{ kind: 'due_piling', message, urls: [] }]
}
