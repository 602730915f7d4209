import type { NewsHour } from '../../../src/db/pass-measures.ts'
import { findSilence } from '../../../src/report/count-alarms.ts'
import type { BenchTable } from '../bench.ts'
import { Dice } from './dice.ts'
import { type Appeared, Newsroom, paces, rhythmOf } from './newsroom.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** What a silence is judged by, as the database gives it. */
const KNOWN_DAYS = 29
const [HEALTHY_DAYS, DAYS_BEFORE] = [100, 30]
/** No judge takes a silence for an incident that would have brought fewer articles than this. */
const FEWEST_USUAL = 4
/** Seeds far from those of the series, and from each other. */
const [HEALTHY_SEEDS, SILENT_SEEDS, SEED_STEP] = [590_000_000, 90_000_000, 7919]

interface Size {
  readonly sites: number
  readonly series: number
  /** An incident is found in time at so many passes, or at the pass that touches the last of so many articles. */
  readonly passesInTime: number
  readonly pagesInTime: number
}

/** The passes of some weeks, the last ones of which found nothing. */
type Silence = readonly Appeared[]

/** What ours says of a silence, and minus the logarithm of its chance, as those see it who are told the truth. */
interface Judged {
  readonly isFound: boolean
  readonly atRate: number
  readonly atPace: number
}

/**
 * Whether ours finds that nothing new comes, beside judges who are told the truth about the made-up site and make as
 * many false alarms: what lies between them and ours could be won by judging better, the rest is chance.
 */
export function compareSilences({ sites, series, passesInTime, pagesInTime }: Size): BenchTable {
  const healthy = Array.from({ length: sites }, (_, site) =>
    healthySilences(HEALTHY_SEEDS + site * SEED_STEP),
  ).flat()
  const incidents = Array.from({ length: series }, (_, one) =>
    lastInTime(SILENT_SEEDS + one * SEED_STEP, one % 24, passesInTime, pagesInTime),
  )
  const falseAlarms = healthy.filter(({ isFound }) => isFound).length
  const equallyOften = (surprise: (judged: Judged) => number): number => {
    const bound = healthy.map(surprise).toSorted((a, b) => b - a)[falseAlarms] ?? 0
    return incidents.filter((judged) => surprise(judged) > bound).length
  }
  const rate = ((falseAlarms / (sites * HEALTHY_DAYS)) * 1000).toFixed(2)
  const row = (judge: string, found: number) => [judge, `${((found / series) * 100).toFixed(2)} %`, rate]
  return {
    head: [`who judges ${series} silences`, 'found in time', 'false alarms in 1,000 site-days'],
    rows: [
      row('ours', incidents.filter(({ isFound }) => isFound).length),
      row(
        'one who is told what each hour brings on average',
        equallyOften(({ atRate }) => atRate),
      ),
      row(
        'one who is also told how busy that day is',
        equallyOften(({ atPace }) => atPace),
      ),
    ],
  }
}

/** Every silence of a healthy site that is long enough to be taken for an incident, just before it ends. */
function healthySilences(seed: number): Judged[] {
  const { newsroom, passHours } = open(seed)
  const passes: Appeared[] = []
  const found: Judged[] = []
  let [usual, hadNews] = [0, false]
  for (let pass = 0; pass < HEALTHY_DAYS * (24 / passHours); pass++) {
    const next = newsroom.next()
    if (next.articles === 0) usual += next.usual
    else {
      if (usual >= FEWEST_USUAL && hadNews) found.push(judge(passes))
      hadNews = true
      usual = 0
    }
    passes.push(next)
  }
  return found
}

/** What is known at the last pass at which an incident would be found in time. Silences only grow more surprising. */
function lastInTime(seed: number, afterPasses: number, passesInTime: number, pagesInTime: number): Judged {
  const { newsroom, passHours } = open(seed)
  const passes = Array.from({ length: DAYS_BEFORE * (24 / passHours) + afterPasses }, () => newsroom.next())
  let touched = 0
  for (let pass = 1; pass <= passesInTime || touched < pagesInTime; pass++) {
    const missed = newsroom.next()
    touched += missed.articles
    passes.push({ ...missed, articles: 0 })
  }
  return judge(passes)
}

function open(seed: number): { readonly newsroom: Newsroom; readonly passHours: number } {
  const dice = new Dice(seed)
  const rhythm = rhythmOf(dice)
  return { newsroom: new Newsroom(dice, rhythm), passHours: rhythm.passHours }
}

function judge(passes: Silence): Judged {
  const oldest = (passes.at(-1)?.at.getTime() ?? 0) - KNOWN_DAYS * DAY
  const silence = passes.slice(passes.findIndex(({ at }) => at.getTime() >= oldest))
  return { isFound: isFound(silence), atRate: surpriseAtRate(silence), atPace: surpriseAtPace(silence) }
}

function isFound(silence: Silence): boolean {
  const sums = new Map<number, number>()
  for (const { at, articles } of silence) sums.set(hourOf(at), (sums.get(hourOf(at)) ?? 0) + articles)
  const hours: NewsHour[] = [...sums].map(([hour, articles]) => ({ hour, articles }))
  return findSilence(hours, hours.at(-1)?.hour ?? 0).length > 0
}

const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR)

/** For who knows how busy each day is. */
function surpriseAtPace(silence: Silence): number {
  const last = silence.findLastIndex(({ articles }) => articles > 0)
  return silence.slice(last + 1).reduce((sum, { usual, pace }) => sum + usual * pace, 0)
}

interface KnownDay {
  /** Articles that came before the silence, and what those hours usually bring. */
  came: number
  before: number
  /** What the silent hours usually bring. */
  silent: number
}

/** For who knows what each hour brings on average, and learns from a day's own news how busy it is. */
function surpriseAtRate(silence: Silence): number {
  const last = silence.findLastIndex(({ articles }) => articles > 0)
  const firstDay = dayOf(silence[last])
  const days = new Map<number, KnownDay>()
  for (const [index, pass] of silence.entries()) {
    if (dayOf(pass) < firstDay) continue
    const day = days.get(dayOf(pass)) ?? { came: 0, before: 0, silent: 0 }
    if (index > last) day.silent += pass.usual
    else {
      day.came += pass.articles
      day.before += pass.usual
    }
    days.set(dayOf(pass), day)
  }
  return [...days.values()].reduce((sum, day) => sum - Math.log(chanceOfSilence(day)), 0)
}

const dayOf = (pass: Appeared | undefined): number => Math.floor((pass?.at.getTime() ?? 0) / DAY)

/** Over every pace that a day may have, by how well each explains what came before. */
function chanceOfSilence({ came, before, silent }: KnownDay): number {
  let [all, quiet] = [0, 0]
  for (const { pace, share } of possiblePaces) {
    const weight = share * Math.exp(came * Math.log(pace) - (pace - 1) * before)
    all += weight
    quiet += weight * Math.exp(-pace * silent)
  }
  return quiet / all
}

const STEPS = 25
const possiblePaces = [
  { pace: paces.holiday, share: paces.holidays },
  ...Array.from({ length: STEPS }, (_, step) => ({
    pace: paces.slowest + ((step + 0.5) / STEPS) * (paces.fastest - paces.slowest),
    share: (1 - paces.holidays) / STEPS,
  })),
]
