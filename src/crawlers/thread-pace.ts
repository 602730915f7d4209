import type { ThreadPace } from '../store.ts'

/*
 * When to look at a thread again. Comments come in bursts that fade: each one makes others likely for a while, and a
 * new article draws more than an old one. What is expected from now on is the sum of both; the thread is looked at
 * when the comments that will then be waiting are expected to have waited, all together, for a set time. For a given
 * number of requests this rule keeps the sum of all waiting least: a thread with four times the comments is looked at
 * twice as often (Cho and Garcia-Molina, "Effective page refresh policies for web crawlers", 2003, on uniform gain).
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long comments are felt, and how many further ones each is expected to bring within that time. */
const echoes = [
  { memory: 41 * MINUTE, gain: 0.7 },
  { memory: 4.7 * HOUR, gain: 0.05 },
  { memory: 21 * HOUR, gain: 0.1 },
] as const

/** What an article draws by itself: comments in all, and how that fades with its age. */
const ARTICLE_DRAWS = 17
const FADING_AGE = 67 * MINUTE
const FADING_POWER = 1.98
/** So many comments weigh as much as what is expected of any article. */
const PRIOR_COMMENTS = 0.65

/** Comments at each hour of the site's day, against the mean: few at night, most in the evening. */
const hours = [
  0.45, 0.25, 0.15, 0.12, 0.15, 0.3, 0.6, 0.9, 1.1, 1.2, 1.25, 1.3, 1.35, 1.3, 1.25, 1.25, 1.3, 1.35, 1.45,
  1.55, 1.6, 1.5, 1.2, 0.8,
]

/** Expected waiting at which a thread is looked at. Less: fresher, for more requests. */
export const PATIENCE_MS = 60 * MINUTE
const SOONEST_MS = 2 * MINUTE
const LONGEST_MS = 30 * DAY
/**
 * However quiet a thread is, edits, removals and late comments are looked for after so many times the patience, or after
 * one and a half times its age at the usual patience.
 */
const REST = 8
const AGE_PER_REST = 40 * MINUTE

/** A thread of which nothing was seen yet. */
const unseen: ThreadPace = { at: 0, echoes: echoes.map(() => 0), count: 0 }

/** The pace of a thread after further comments were seen in it, published at these moments (Unix milliseconds). */
export function paceAfter(before: ThreadPace | null, published: readonly number[], now: number): ThreadPace {
  const { at, echoes: sums, count } = before ?? unseen
  return {
    at: now,
    count: count + published.length,
    echoes: echoes.map(({ memory }, index) => {
      const rest = (sums[index] ?? 0) * Math.exp(-Math.max(0, now - at) / memory)
      return published.reduce((sum, moment) => sum + Math.exp(-Math.max(0, now - moment) / memory), rest)
    }),
  }
}

export interface ThreadPlan {
  /** When the article appeared (Unix milliseconds). */
  readonly born: number
  readonly pace: ThreadPace
  readonly closed: boolean
  /** Hours that the site's clock is ahead of UTC. */
  readonly offsetHours: number
}

/** When to look at the thread again (Unix milliseconds). */
export function nextThreadCheck(plan: ThreadPlan, now: number, patience: number = PATIENCE_MS): number {
  const age = Math.max(0, now - plan.born)
  const longest = Math.min(LONGEST_MS, patience * Math.max(REST, age / AGE_PER_REST))
  if (plan.closed) return now + longest
  return now + Math.max(SOONEST_MS, Math.min(longest, waitUntil(patience, plan, now, longest)))
}

/** The time after which the comments that came meanwhile will have waited for `patience` all together. */
function waitUntil(patience: number, plan: ThreadPlan, now: number, longest: number): number {
  let time = 0
  let waiting = 0
  let waited = 0
  const rateAt = expectedRates(plan, now)
  // Steps grow: what is far off need not be known to the minute.
  for (let step = MINUTE; time < longest; step = Math.min(HOUR, Math.max(MINUTE, time / 8))) {
    const coming = rateAt(time + step / 2) * step
    const more = waiting * step + (coming * step) / 2
    if (waited + more >= patience) return time + step * ((patience - waited) / more)
    waiting += coming
    waited += more
    time += step
  }
  return longest
}

/** Tells, for any time ahead of now, how many comments are expected for each millisecond then. */
function expectedRates({ born, pace, offsetHours }: ThreadPlan, now: number): (ahead: number) => number {
  const age = Math.max(0, now - born)
  const drawn = ARTICLE_DRAWS * shareDrawn(age)
  const share = (PRIOR_COMMENTS + pace.count) / (PRIOR_COMMENTS + drawn)
  // Of most threads all comments are long forgotten.
  const felt = echoes
    .map(({ memory, gain }, index) => ({ memory, rate: (gain * (pace.echoes[index] ?? 0)) / memory }))
    .filter(({ rate }) => rate > 0)
  return (ahead) => {
    const later = age + ahead
    const fading = ((FADING_POWER - 1) / FADING_AGE) * (1 + later / FADING_AGE) ** -FADING_POWER
    const echoed = felt.reduce((sum, { memory, rate }) => sum + rate * Math.exp(-ahead / memory), 0)
    const hour = Math.floor((now + ahead) / HOUR + offsetHours) % 24
    return (OWN_SHARE * ARTICLE_DRAWS * share * fading + echoed) * (hours[hour] ?? 1)
  }
}

/** Of all that an article draws, the part that does not answer other comments. */
const OWN_SHARE = 0.65

function shareDrawn(age: number): number {
  return 1 - (1 + age / FADING_AGE) ** (1 - FADING_POWER)
}
