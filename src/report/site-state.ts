import { type FailureClass, failureClasses } from '../failure.ts'

/**
 * `healthy`: read as it should be; `degraded`: read, but something is wrong; `failing`: not read; `blocked`: the site
 * refuses us; `paused`: by its declaration; `new`: no pass over it has ended yet.
 */
export const siteStates = ['failing', 'blocked', 'degraded', 'new', 'healthy', 'paused'] as const

export type SiteStateName = (typeof siteStates)[number]

export interface SiteState {
  readonly name: SiteStateName
  /** One sentence for a person, without a full stop. */
  readonly reason: string
  /** Start of the first pass of the unbroken row of passes that say the same; null when nobody knows. */
  readonly since: Date | null
  /** All passes that were looked at say the same, so that it may have been so for longer. */
  readonly isLonger: boolean
}

/** One pass over a site, as it was recorded. */
export interface PassRecord {
  readonly startedAt: Date
  /** Null while it runs, and for good when its process was killed. */
  readonly finishedAt: Date | null
  readonly outcome: string | null
  readonly error: string | null
  /** Pages that were read and looked at, whatever came of them. */
  readonly pages: number
  readonly failures: Readonly<Partial<Record<FailureClass, number>>>
  /** What was wrong with the site's pages as a whole, one sentence each. */
  readonly alarms: readonly string[]
}

export interface SiteRecord {
  readonly enabled: boolean
  /** Newest first; some twenty are enough. Replays of stored pages are none. */
  readonly passes: readonly PassRecord[]
  /** When the next pass is due; null for a site that is not on a schedule. */
  readonly nextRunAt: Date | null
}

/** The site says no: that is for a person to settle with it, and no fault of its pages or of ours. */
export const refusals: ReadonlySet<string> = new Set<FailureClass>([
  'blocked',
  'throttled',
  'wall',
  'robots_refused',
  'robots_unreachable',
  'use_reserved',
])

/** Part of any site's life, and no sign of trouble however many there are. */
export const harmless: ReadonlySet<string> = new Set<FailureClass>(['gone', 'not_an_article'])

/** Share of the pages that must fail before a site counts as degraded, and as not read at all. */
const DEGRADED_SHARE = 0.1
const FAILING_SHARE = 0.9
/** Share of the pages that must be refused before the site counts as one that refuses us. */
const BLOCKED_SHARE = 0.5
/** A scheduler looks every minute, and a pass before may have taken long. */
const OVERDUE_HOURS = 2

/** Judges a site by its last passes, its alarms and its schedule. */
export function siteState(site: SiteRecord, now: Date): SiteState {
  if (!site.enabled)
    return { name: 'paused', reason: 'its declaration says `enabled: false`', since: null, isLonger: true }
  const judged = site.passes.flatMap((pass) => {
    const verdict = judgePass(pass)
    return verdict === null ? [] : [{ ...verdict, startedAt: pass.startedAt }]
  })
  const [latest] = judged
  const isOverdue = hoursOverdue(site, now) > OVERDUE_HOURS
  if (isOverdue && (latest === undefined || latest.name === 'healthy')) {
    const reason = 'its pass is overdue: see that `npm run schedule` (or a worker) runs'
    return { name: 'degraded', reason, since: site.nextRunAt, isLonger: false }
  }
  if (latest === undefined)
    return { name: 'new', reason: 'no pass over it has ended yet', since: null, isLonger: false }
  const end = judged.findIndex(({ name }) => name !== latest.name)
  const series = end === -1 ? judged : judged.slice(0, end)
  return {
    name: latest.name,
    reason: latest.reason,
    since: series.at(-1)?.startedAt ?? null,
    isLonger: end === -1,
  }
}

function hoursOverdue({ passes, nextRunAt }: SiteRecord, now: Date): number {
  if (nextRunAt === null) return 0
  // While a pass runs, its own slot is the one that is in the past.
  const lastSign = Math.max(nextRunAt.getTime(), passes[0]?.startedAt.getTime() ?? 0)
  return (now.getTime() - lastSign) / 3_600_000
}

export type Verdict = Pick<SiteState, 'name' | 'reason'>

/** What a pass says of its site; null when nothing, as it was cut short. */
export function judgePass(pass: PassRecord): Verdict | null {
  if (pass.finishedAt === null || pass.outcome === 'interrupted' || pass.outcome === null) return null
  const { failed, refused, worst } = sumFailures(pass.failures)
  const tried = pass.pages + failed + refused
  const advice = worst === null ? '' : `: ${failureClasses[worst].advice}`
  const share = `${failed} of ${tried} pages failed (${worst})`
  const exceeds = (count: number, least: number) => count > 0 && count >= tried * least
  if (exceeds(refused, BLOCKED_SHARE)) {
    return { name: 'blocked', reason: `${refused} of ${tried} requests were refused (${worst})${advice}` }
  }
  if (pass.outcome === 'failed')
    return { name: 'failing', reason: firstLine(pass.error) ?? `it failed${advice}` }
  if (exceeds(failed, FAILING_SHARE)) return { name: 'failing', reason: share + advice }
  const [alarm] = pass.alarms
  if (alarm !== undefined) return { name: 'degraded', reason: alarm }
  if (exceeds(failed, DEGRADED_SHARE)) return { name: 'degraded', reason: share + advice }
  return { name: 'healthy', reason: failed === 0 ? 'the last pass read all it wanted' : share }
}

/** `worst` is the most frequent class of those that tell most: refusals where they weigh more than faults. */
function sumFailures(failures: PassRecord['failures']) {
  const counts = Object.entries(failures)
    .filter((entry): entry is [FailureClass, number] => Object.hasOwn(failureClasses, entry[0]))
    .filter(([name]) => !harmless.has(name))
    .toSorted(([, a], [, b]) => b - a)
  const [refused, failed] = [
    counts.filter(([name]) => refusals.has(name)),
    counts.filter(([name]) => !refusals.has(name)),
  ]
  const [refusedCount, failedCount] = [sum(refused), sum(failed)]
  const [worst] = refusedCount >= failedCount ? refused : failed
  return { refused: refusedCount, failed: failedCount, worst: worst?.[0] ?? null }
}

const sum = (counts: readonly [FailureClass, number][]): number =>
  counts.reduce((total, [, count]) => total + count, 0)

/** Errors of ours are kept with their stack. */
const firstLine = (error: string | null): string | null => error?.split('\n', 1)[0]?.trim() || null
