import type { Alarm, AlarmKind } from '../db/alarms.ts'
import type { PassFigures, PastCheck } from '../db/site-checks.ts'
import { chanceOf, type Share } from './evidence.ts'

interface ShareRule {
  readonly kind: AlarmKind
  readonly share: (figures: PassFigures) => Share
  /** Less is no trouble, however rare it was before. */
  readonly least: number
  /** Items of the past that must be known; 0: a site that was never well is told of too. */
  readonly fewestFormer: number
  readonly say: (now: string, all: number, before: string) => string
}

// A feed may be a pass behind: many articles of one pass tell little more than a few.
const rules: readonly ShareRule[] = [
  {
    kind: 'refused',
    share: ({ refused, tried }) => ({ bad: refused, all: tried }),
    least: 0.4,
    fewestFormer: 0,
    say: (now, all, before) =>
      `the host refuses ${now} of the last ${all} requests, and did ${before}: write to it, or pause the site`,
  },
  {
    kind: 'walled',
    share: ({ walls, tried }) => ({ bad: walls, all: tried }),
    least: 0.4,
    fewestFormer: 0,
    say: (now, all, before) =>
      `${now} of the last ${all} pages show a login, paywall or captcha, and ${before} did: see one in a browser`,
  },
  {
    kind: 'failing',
    share: ({ failed, tried }) => ({ bad: failed, all: tried }),
    least: 0.4,
    fewestFormer: 0,
    say: (now, all, before) => `${now} of the last ${all} pages failed, and ${before} did: see its failures`,
  },
  {
    kind: 'coverage_fallen',
    share: ({ incompleteThreads, threads }) => ({ bad: incompleteThreads, all: threads }),
    least: 0.3,
    fewestFormer: 20,
    say: (now, all, before) =>
      `${now} of the last ${all} threads were not read to their end, and ${before} were not: see thread_coverage`,
  },
  {
    kind: 'future_dates',
    share: ({ futureDates, dated }) => ({ bad: futureDates, all: dated }),
    least: 0.2,
    fewestFormer: 20,
    say: (now, all, before) =>
      `${now} of the last ${all} times lie in the future, and ${before} did: check the time zone of the site`,
  },
  {
    kind: 'damaged_text',
    share: ({ damagedTexts, texts }) => ({ bad: damagedTexts, all: texts }),
    least: 0.2,
    fewestFormer: 20,
    say: (now, all, before) =>
      `${now} of the last ${all} texts hold signs that could not be decoded, and ${before} did: ` +
      `see what encoding the site names`,
  },
  {
    kind: 'feed_stale',
    share: ({ newArticles, feedNews }) => {
      const weight = newArticles === 0 ? 0 : newArticles < 3 ? 1 : newArticles < 8 ? 2 : 3
      return { bad: feedNews ? 0 : weight, all: weight }
    },
    least: 0.9,
    fewestFormer: 20,
    say: () =>
      `no feed names what is new any more, and articles are found some other way: look for the feeds' successors`,
  },
]

/** The newest passes that make so many items are looked at: few show a site that went dark, many a half of it. */
const WINDOWS = [4, 8, 12, 20]
/** Chance that is not believed in. With some fifty passes a day and site it makes one false alarm in years. */
const LEAST_CHANCE = 1e-6
/** Before anything is known of a site, one of twenty is taken to be bad. */
const PRIOR = { bad: 1, all: 20 }
/** How many times its usual share an alarming one must be. */
const TIMES_USUAL = 2

/** Shares of a site's answers, threads and texts that are much worse than they used to be. @param passes newest first. */
export function findShareAlarms(passes: readonly Pick<PastCheck, 'figures' | 'alarms'>[]): Alarm[] {
  return rules.flatMap((rule) => alarmOf(rule, passes))
}

function alarmOf(rule: ShareRule, passes: readonly Pick<PastCheck, 'figures' | 'alarms'>[]): Alarm[] {
  const counted = passes.flatMap(({ figures, alarms }) => {
    const share = figures === null ? { bad: 0, all: 0 } : rule.share(figures)
    // What was wrong already is no measure of what is usual.
    return share.all === 0 ? [] : [{ ...share, isUsual: alarms.every(({ kind }) => kind !== rule.kind) }]
  })
  const newest = total(counted.slice(0, reach(counted, WINDOWS[0] ?? 1)))
  if (newest.bad < (newest.all * rule.least) / 2) return []
  for (const window of WINDOWS) {
    const recent = counted.slice(0, reach(counted, window))
    const now = total(recent)
    const former = total(counted.slice(recent.length).filter(({ isUsual }) => isUsual))
    if (former.all < rule.fewestFormer) continue
    const usual = (former.bad + PRIOR.bad) / (former.all + PRIOR.all)
    const share = now.bad / now.all
    if (share < Math.max(rule.least, TIMES_USUAL * usual) || chanceOf(now, usual) > LEAST_CHANCE) continue
    const before = former.all === 0 ? 'nothing is known of before' : percent(former.bad / former.all)
    return [{ kind: rule.kind, message: rule.say(percent(share), now.all, before), urls: [] }]
  }
  return []
}

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
