import type { Bench, BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { type LifeCourse, liveThreads, parameters } from './life-course.ts'
import { agesList, byPace, fixedInterval, type Policy, type Tally, visitThread } from './visits.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Articles are followed for so long, and the watch goes on for as long after the last one. */
const FOLLOWED_DAYS = 30

/** What others do. Each is compared with ours at the same number of requests. */
const baselines: readonly Policy[] = [
  fixedInterval('every 15 minutes', 15 * MINUTE, FOLLOWED_DAYS),
  fixedInterval('every hour', HOUR, FOLLOWED_DAYS),
  fixedInterval('every day', DAY, FOLLOWED_DAYS),
  agesList('after a day, a week, a month', [DAY, 7 * DAY, FOLLOWED_DAYS * DAY]),
  agesList(
    'at ages of 5, 15, 30 minutes, 1, 2, 4, 8, 16 hours, 1, 2, 4, 7, 14, 30 days',
    [5, 15, 30, 60, 120, 240, 480, 960, 1440, 2880, 5760, 10_080, 20_160, 43_200].map((age) => age * MINUTE),
  ),
]

/** Virtual time only: nothing is fetched and nobody waits. */
export const revisitBench: Bench = {
  description: 'how soon comments are held and how many changes are seen, for the same number of requests',
  run: ({ note, rounds }) => {
    const seeds = parameters.seeds.slice(0, rounds ?? parameters.seeds.length)
    note(`threads of seeds ${seeds.join(', ')}`)
    const courses = seeds.flatMap((seed) => liveThreads(seed))
    const comparisons = baselines.map((baseline) => {
      note(baseline.name)
      return compare(baseline, courses)
    })
    return Promise.resolve({ ...report(comparisons, courses), floors: readFloors('revisit').figures })
  },
}

interface Outcome {
  readonly requests: number
  readonly comments: number
  /** Minutes until a comment is held. */
  readonly median: number
  readonly late: number
  readonly editsCaught: number
  readonly removalsCaught: number
}

interface Comparison {
  readonly name: string
  readonly theirs: Outcome
  /** Ours at as many requests. */
  readonly atRequests: Outcome
  /** Ours at the same median delay. */
  readonly atFreshness: Outcome
}

function compare(baseline: Policy, courses: readonly LifeCourse[]): Comparison {
  const theirs = live(baseline, courses)
  const ours = (patience: number) =>
    live(byPace('ours', patience, parameters.offsetHours, FOLLOWED_DAYS), courses)
  return {
    name: baseline.name,
    theirs,
    atRequests: tuned(ours, ({ requests }) => requests <= theirs.requests),
    atFreshness: lastBefore(ours, ({ median }) => median > theirs.median),
  }
}

/** Patience (ms) between which the answer is looked for. */
const [LEAST, MOST] = [1, 3000 * DAY]
const STEPS = 14

/** The least patient that satisfies; where none does, the most patient. */
function tuned(ours: (patience: number) => Outcome, satisfies: (outcome: Outcome) => boolean): Outcome {
  let [low, high] = [LEAST, MOST]
  let found = ours(high)
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.sqrt(low * high)
    const outcome = ours(middle)
    if (satisfies(outcome)) [high, found] = [middle, outcome]
    else low = middle
  }
  return found
}

/** The most patient that is still as fresh. */
function lastBefore(ours: (patience: number) => Outcome, isStale: (outcome: Outcome) => boolean): Outcome {
  let [low, high] = [LEAST, MOST]
  let found = ours(low)
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.sqrt(low * high)
    const outcome = ours(middle)
    if (isStale(outcome)) high = middle
    else [low, found] = [middle, outcome]
  }
  return found
}

function live(policy: Policy, courses: readonly LifeCourse[]): Outcome {
  const tally: Tally = {
    requests: 0,
    delays: [],
    comments: 0,
    edits: 0,
    editsCaught: 0,
    removals: 0,
    removalsCaught: 0,
  }
  const end = (parameters.days + FOLLOWED_DAYS) * DAY
  for (const course of courses) visitThread(course, policy, end, tally)
  const delays = Float64Array.from(tally.delays).toSorted()
  const quantile = (share: number): number => (delays[Math.floor(delays.length * share)] ?? 0) / MINUTE
  return {
    requests: tally.requests,
    comments: tally.comments,
    median: quantile(0.5),
    late: quantile(0.95),
    editsCaught: tally.editsCaught / Math.max(1, tally.edits),
    removalsCaught: tally.removalsCaught / Math.max(1, tally.removals),
  }
}

function report(
  comparisons: readonly Comparison[],
  courses: readonly LifeCourse[],
): Omit<BenchReport, 'floors'> {
  const fresher = ({ theirs, atRequests }: Comparison): number => theirs.median / atRequests.median
  const [best] = comparisons.toSorted((one, other) => fresher(one) - fresher(other))
  if (best === undefined) throw new RangeError('there is nothing to compare with')
  const { theirs, atRequests, atFreshness } = best
  return {
    figures: {
      threads: courses.length,
      comments: courses.reduce((sum, { comments }) => sum + comments.length, 0),
      // Against the best of them: the one that ours is least ahead of.
      fresherMedian: rounded(fresher(best)),
      fresherLate: rounded(theirs.late / atRequests.late),
      requestsAtEqualMedian: rounded(atFreshness.requests / theirs.requests),
      editsCaughtMore: rounded(atRequests.editsCaught - theirs.editsCaught),
      removalsCaughtMore: rounded(atRequests.removalsCaught - theirs.removalsCaught),
    },
    tables: [
      {
        head: [
          'policy',
          'requests per thread',
          'requests per comment',
          'median delay (min)',
          '95 % within (min)',
          'edits seen',
          'removals seen',
          'requests for their median',
        ],
        rows: comparisons.flatMap((comparison) => rowsOf(comparison, courses.length)),
      },
    ],
  }
}

function rowsOf({ name, theirs, atRequests, atFreshness }: Comparison, threads: number): string[][] {
  const row = (title: string, outcome: Outcome, last: string): string[] => [
    title,
    (outcome.requests / threads).toFixed(1),
    (outcome.requests / outcome.comments).toFixed(2),
    outcome.median.toFixed(1),
    outcome.late.toFixed(0),
    percent(outcome.editsCaught),
    percent(outcome.removalsCaught),
    last,
  ]
  return [
    row(name, theirs, '1'),
    row('ours, as many requests', atRequests, (atFreshness.requests / theirs.requests).toFixed(2)),
  ]
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
const rounded = (value: number): number => Math.round(value * 1000) / 1000
