import type { Alarm, RaisedAlarm } from '../db/alarms.ts'
import type { NewsHour } from '../db/pass-measures.ts'
import type { PassFigures, PastCheck } from '../db/site-checks.ts'
import { type FailureClass, failureClasses } from '../failure.ts'
import { findEmptySources, findFewerComments, findPilingUp, findSilence } from './count-alarms.ts'
import { findFillAlarms } from './fill-alarms.ts'
import { findShareAlarms } from './share-alarms.ts'
import { harmless, refusals } from './site-state.ts'

/** What a pass counted while it ran. */
export interface CountedPass {
  readonly pages: number
  readonly notArticles: number
  readonly notModified: number
  readonly failures: Readonly<Partial<Record<FailureClass, number>>>
  readonly sources: { readonly read: number; readonly empty: readonly string[] }
  readonly feeds: { readonly recent: number; readonly named: number }
  readonly articles: { readonly new: number }
  readonly comments: { readonly new: number; readonly edited: number; readonly unchanged: number }
  readonly threads: { readonly complete: number; readonly incomplete: number }
}

type Measured = Pick<PassFigures, 'dated' | 'futureDates' | 'texts' | 'damagedTexts' | 'due'>

const failureNames = Object.keys(failureClasses).filter(
  (name): name is FailureClass => name in failureClasses,
)

/** The figures of a pass that its alarms are found by. */
export function passFigures(pass: CountedPass, measured: Measured): PassFigures {
  const of = (isMeant: (name: FailureClass) => boolean): number =>
    failureNames.filter(isMeant).reduce((sum, name) => sum + (pass.failures[name] ?? 0), 0)
  const walls = of((name) => name === 'wall')
  const refused = of((name) => name !== 'wall' && refusals.has(name))
  const failed = of((name) => !refusals.has(name) && !harmless.has(name))
  return {
    tried: pass.pages + pass.notArticles + pass.notModified + refused + walls + failed,
    refused,
    walls,
    failed,
    newArticles: pass.articles.new,
    threads: pass.threads.complete + pass.threads.incomplete,
    incompleteThreads: pass.threads.incomplete,
    comments: pass.comments.new + pass.comments.edited + pass.comments.unchanged,
    recent: pass.feeds.recent,
    unnamed: pass.feeds.recent - pass.feeds.named,
    sources: pass.sources.read,
    emptySources: pass.sources.empty.length,
    ...measured,
  }
}

/** What is known of a site when a pass over it has ended. */
export interface WatchedSite {
  /** Newest first, the one that has ended included. */
  readonly passes: readonly Omit<PastCheck, 'toldAt'>[]
  /** New articles by hour, oldest first. */
  readonly hours: readonly NewsHour[]
  readonly now: Date
}

const HOUR_MS = 3_600_000

/** What is wrong with a site as a whole, by its own recent past. */
export function findPassAlarms({ passes, hours, now }: WatchedSite): Alarm[] {
  const shares = findShareAlarms(passes)
  const figures = passes.flatMap((pass) => (pass.figures === null ? [] : [pass.figures]))
  const empty = findEmptySources(passes)
  // Who can't read a site finds nothing new there: one alarm is enough.
  const isUnread = empty.length > 0 || shares.some(({ kind }) => kind === 'refused' || kind === 'failing')
  return [
    ...shares,
    ...findFillAlarms(passes),
    ...empty,
    ...findFewerComments(figures),
    ...(isUnread ? [] : findSilence(hours, Math.floor(now.getTime() / HOUR_MS))),
    ...findPilingUp(figures),
  ]
}

const isSame = (a: Alarm, b: Alarm): boolean => a.kind === b.kind && a.subject === b.subject

/** The alarms with the moment since when each stands. @param before those that stood after the pass before. */
export function sinceWhen(
  alarms: readonly Alarm[],
  before: readonly (Alarm | RaisedAlarm)[],
  now: Date,
): RaisedAlarm[] {
  return alarms.map((alarm) => {
    const former = before.find((held) => isSame(held, alarm))
    const since = former !== undefined && 'since' in former ? former.since : now.toISOString()
    return { ...alarm, since }
  })
}

function isUnbroken(a: Alarm | RaisedAlarm, b: Alarm | RaisedAlarm): boolean {
  const isKnown = 'since' in a && 'since' in b
  return isSame(a, b) && (!isKnown || a.since === b.since)
}

export interface AlarmChanges<Raised extends Alarm = Alarm> {
  readonly raised: readonly Raised[]
  readonly cleared: readonly Alarm[]
}

/** What is new among the alarms, and what is over; one that was over in between and came back is both. */
export function alarmChanges<Raised extends Alarm>(
  before: readonly Alarm[],
  now: readonly Raised[],
): AlarmChanges<Raised> {
  return {
    raised: now.filter((alarm) => !before.some((held) => isUnbroken(held, alarm))),
    cleared: before.filter((alarm) => !now.some((held) => isUnbroken(held, alarm))),
  }
}
