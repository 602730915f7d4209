import type { Tally } from '../../src/crawlers/tally.ts'
import { type Alarm, findAlarms, type RaisedAlarm } from '../../src/db/alarms.ts'
import type { Database } from '../../src/db/client.ts'
import { measurePass, readNewsHours } from '../../src/db/pass-measures.ts'
import {
  noteTold,
  type PassFigures,
  type PastCheck,
  readSiteChecks,
  saveSiteCheck,
} from '../../src/db/site-checks.ts'
import { alarmChanges, findPassAlarms, passFigures, sinceWhen } from '../../src/report/pass-alarms.ts'
import { judgePass, type PassRecord, type Verdict } from '../../src/report/site-state.ts'
import type { TellChanges } from '../../src/report/webhook.ts'

export interface CheckedPass {
  readonly siteId: string
  readonly runId: number
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly tally: Tally
  /** Comments were asked for, and nobody stopped the pass. */
  readonly isWhole: boolean
}

/**
 * Judges a pass by what it left behind and by the passes before it, keeps the judgement, and tells what changed.
 * @param tell null: nobody is to be told.
 */
export async function checkSite(
  db: Database,
  pass: CheckedPass,
  tell: TellChanges | null = null,
): Promise<readonly RaisedAlarm[]> {
  const { siteId, runId, startedAt, finishedAt, tally, isWhole } = pass
  const commentsRead = tally.comments.new + tally.comments.edited + tally.comments.unchanged
  const ofPages = await findAlarms(db, { siteId, startedAt, commentsRead, isWhole })
  const pages = tally.pages + tally.notArticles
  const figures = passFigures(tally, await measurePass(db, pass, finishedAt))
  const before = await readSiteChecks(db, siteId, runId)
  const filled = { pages, fillRates: pages === 0 ? {} : fillRatesOf(tally), figures }
  const hours = await readNewsHours(db, siteId, finishedAt)
  const passes = [{ ...filled, at: finishedAt, alarms: [] }, ...before]
  const found = [...ofPages, ...findPassAlarms({ passes, hours, now: finishedAt })]
  const standing = before[0]?.alarms ?? []
  const alarms = sinceWhen(found, standing, finishedAt)
  const changes = alarmChanges(lastTold(before), alarms)
  const isNews = changes.raised.length + changes.cleared.length > 0
  if (isIdle({ pages, figures }, before[0]) && alarms.length + standing.length === 0 && !isNews) return []
  await saveSiteCheck(db, { siteId, runId, at: finishedAt, ...filled, alarms })
  if (tell === null) return alarms
  const isTold = !isNews || (await tell({ siteId, runId, at: finishedAt, ...changes }))
  if (isTold) await noteTold(db, runId, finishedAt)
  return alarms
}

/** A pass that had nothing to look at says nothing new of the site, but that its sources name something again. */
function isIdle(
  { pages, figures: { tried, due, recent = 0, emptySources = 0 } }: { pages: number; figures: PassFigures },
  last: PastCheck | undefined,
): boolean {
  return pages + tried + due + recent + emptySources + (last?.figures?.emptySources ?? 0) === 0
}

/** The alarms that stood when somebody was told last. */
const lastTold = (before: readonly PastCheck[]): PastCheck['alarms'] =>
  before.find(({ toldAt }) => toldAt !== null)?.alarms ?? []

function fillRatesOf({ pages, notArticles, filled }: Tally): Record<string, number> {
  const fields =
    pages === 0 ? [] : Object.entries(filled).map(([field, count]) => [field, count / pages] as const)
  return { article: pages / (pages + notArticles), ...Object.fromEntries(fields) }
}

/** What a pass that has ended says of its site. @param alarms of it; they are told by kind, and stand in `site_checks`. */
export function judgeEnd(
  {
    tally,
    ...pass
  }: Pick<PassRecord, 'startedAt' | 'finishedAt' | 'outcome' | 'error'> & { readonly tally: Tally },
  alarms: readonly Alarm[],
): Verdict | null {
  const told = alarms.map(({ kind }) => `${kind}: see site_checks.alarms`)
  const pages = tally.pages + tally.notArticles
  return judgePass({ ...pass, pages, failures: tally.failures, alarms: told })
}

/** Whether a pass shows that the site refuses us, or that hardly anything of it could be read. */
export const isUnwell = (verdict: Verdict | null): boolean =>
  verdict?.name === 'blocked' || verdict?.name === 'failing'
