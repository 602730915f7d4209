import type { Tally } from '../../src/crawlers/tally.ts'
import { type Alarm, findAlarms } from '../../src/db/alarms.ts'
import type { Database } from '../../src/db/client.ts'
import { readSiteChecks, saveSiteCheck } from '../../src/db/site-checks.ts'
import { findFillAlarms } from '../../src/report/fill-alarms.ts'

export interface CheckedPass {
  readonly siteId: string
  readonly runId: number
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly tally: Tally
  /** Comments were asked for, and nobody stopped the pass. */
  readonly isWhole: boolean
}

/** Judges a pass by what it left behind and by the passes before it, and keeps the judgement. */
export async function checkSite(db: Database, pass: CheckedPass): Promise<readonly Alarm[]> {
  const { siteId, runId, startedAt, finishedAt, tally, isWhole } = pass
  const commentsRead = tally.comments.new + tally.comments.edited + tally.comments.unchanged
  const alarms = await findAlarms(db, { siteId, startedAt, commentsRead, isWhole })
  const pages = tally.pages + tally.notArticles
  if (pages === 0) return alarms
  const filled = { pages, fillRates: fillRatesOf(tally) }
  const all = [...alarms, ...findFillAlarms([filled, ...(await readSiteChecks(db, siteId))])]
  await saveSiteCheck(db, { siteId, runId, at: finishedAt, ...filled, alarms: all })
  return all
}

function fillRatesOf({ pages, notArticles, filled }: Tally): Record<string, number> {
  const fields = Object.entries(filled).map(([field, count]) => [field, count / pages] as const)
  return { article: pages / (pages + notArticles), ...Object.fromEntries(fields) }
}
