import type { Alarm, AlarmKind } from '../db/alarms.ts'
import type { PassFigures, PastCheck } from '../db/site-checks.ts'
import { chanceOf, checksPerDay, type Share } from './evidence.ts'

interface ShareRule {
  readonly kind: AlarmKind
  readonly share: (figures: PassFigures) => Share
  /** Less is no trouble, however rare it was before. */
  readonly least: number
  /** Items of the past that must be known; 0: a site that was never well is told of too. */
  readonly fewestFormer: number
  /** What is believed before anything is known of a site; usually that one of twenty is bad. */
  readonly prior?: Share
  /** False alarms that it may raise on a healthy site in a day. */
  readonly falsePerDay: number
  readonly say: (now: string, all: number, before: string) => string
}

const rules: readonly ShareRule[] = [
  {
    kind: 'refused',
    share: ({ refused, tried }) => ({ bad: refused, all: tried }),
    least: 0.4,
    fewestFormer: 0,
    falsePerDay: 5e-5,
    say: (now, all, before) =>
      `the host refuses ${now} of the last ${all} requests, and did ${before}: write to it, or pause the site`,
  },
  {
    kind: 'walled',
    share: ({ walls, tried }) => ({ bad: walls, all: tried }),
    least: 0.4,
    fewestFormer: 0,
    falsePerDay: 5e-5,
    say: (now, all, before) =>
      `${now} of the last ${all} pages show a login, paywall or captcha, and ${before} did: see one in a browser`,
  },
  {
    kind: 'failing',
    share: ({ failed, tried }) => ({ bad: failed, all: tried }),
    least: 0.4,
    fewestFormer: 0,
    falsePerDay: 5e-5,
    say: (now, all, before) => `${now} of the last ${all} pages failed, and ${before} did: see its failures`,
  },
  {
    kind: 'coverage_fallen',
    share: ({ incompleteThreads, threads }) => ({ bad: incompleteThreads, all: threads }),
    least: 0.3,
    fewestFormer: 20,
    falsePerDay: 5e-5,
    say: (now, all, before) =>
      `${now} of the last ${all} threads were not read to their end, and ${before} were not: see thread_coverage`,
  },
  {
    kind: 'future_dates',
    share: ({ futureDates, dated }) => ({ bad: futureDates, all: dated }),
    least: 0.2,
    fewestFormer: 20,
    falsePerDay: 5e-5,
    say: (now, all, before) =>
      `${now} of the last ${all} times lie in the future, and ${before} did: check the time zone of the site`,
  },
  {
    kind: 'damaged_text',
    share: ({ damagedTexts, texts }) => ({ bad: damagedTexts, all: texts }),
    least: 0.2,
    fewestFormer: 20,
    falsePerDay: 5e-5,
    say: (now, all, before) =>
      `${now} of the last ${all} texts hold signs that could not be decoded, and ${before} did: ` +
      `see what encoding the site names`,
  },
  {
    kind: 'feed_stale',
    share: ({ recent = 0, unnamed = 0 }) => ({ bad: unnamed, all: recent }),
    least: 0.9,
    fewestFormer: 20,
    // Some feeds name all, some every other article.
    prior: { bad: 1, all: 2 },
    falsePerDay: 6e-4,
    say: () =>
      `no feed names what is new any more, and articles are found some other way: look for the feeds' successors`,
  },
]

/** The newest passes that make so many items are looked at: few show a site that went dark, many that a half of it did. */
const WINDOWS = [4, 8, 12, 19, 32]
/** Before anything is known of a site, one of twenty is taken to be bad. */
const PRIOR = { bad: 1, all: 20 }
type CheckedPass = Pick<PastCheck, 'at' | 'figures' | 'alarms'>

/** Shares of a site's answers, threads and texts that are much worse than they used to be. @param passes newest first. */
export function findShareAlarms(passes: readonly CheckedPass[]): Alarm[] {
  return rules.flatMap((rule) => alarmOf(rule, passes))
}

function alarmOf(rule: ShareRule, passes: readonly CheckedPass[]): Alarm[] {
  if (!isSuspicious(rule, passes)) return []
  const counted = passes.flatMap(({ at, figures, alarms }) => {
    const share = figures === null ? { bad: 0, all: 0 } : rule.share(figures)
    // What was wrong already is no measure of what is usual.
    return share.all === 0 ? [] : [{ at, ...share, isUsual: alarms.every(({ kind }) => kind !== rule.kind) }]
  })
  const leastChance = rule.falsePerDay / checksPerDay(counted)
  for (const window of WINDOWS) {
    const recent = counted.slice(0, reach(counted, window))
    const now = total(recent)
    const former = total(counted.slice(recent.length).filter(({ isUsual }) => isUsual))
    if (former.all < rule.fewestFormer) continue
    const known = total([former, rule.prior ?? PRIOR])
    const share = now.bad / now.all
    if (share < Math.max(rule.least, muchMoreThan(known.bad / known.all))) continue
    if (chanceOf(now, known) > leastChance) continue
    const before = former.all === 0 ? 'nothing is known of before' : percent(former.bad / former.all)
    return [{ kind: rule.kind, message: rule.say(percent(share), now.all, before), urls: [] }]
  }
  return []
}

/** Whether the newest items are bad enough to be compared with the past, which takes a hundred times as long. */
function isSuspicious(rule: ShareRule, passes: readonly Pick<PastCheck, 'figures'>[]): boolean {
  let [bad, all] = [0, 0]
  for (const { figures } of passes) {
    if (figures === null) continue
    const share = rule.share(figures)
    bad += share.bad
    all += share.all
    if (all >= (WINDOWS[0] ?? 1)) break
  }
  return all > 0 && bad >= (all * rule.least) / 2
}

/** Twice as much; of what is bad more often than not, half of the rest. */
const muchMoreThan = (usual: number): number => Math.min(2 * usual, (1 + usual) / 2)

/** How many of the newest passes make so many items. */
function reach(passes: readonly Share[], items: number): number {
  let sum = 0
  for (const [index, { all }] of passes.entries()) {
    sum += all
    if (sum >= items) return index + 1
  }
  return passes.length
}

const total = (shares: readonly Share[]): Share => ({
  bad: shares.reduce((sum, { bad }) => sum + bad, 0),
  all: shares.reduce((sum, { all }) => sum + all, 0),
})

const percent = (share: number): string => `${Math.round(share * 100)} %`
