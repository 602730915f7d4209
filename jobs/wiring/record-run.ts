import { setMaxListeners } from 'node:events'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import type { PassOutcome } from '../../src/crawlers/site-pass.ts'
import type { Tally } from '../../src/crawlers/tally.ts'
import { deleteExpiredCaptures } from '../../src/db/captures.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { groupCopies, groupSomeCopies } from '../../src/db/group-copies.ts'
import type { Attempt } from '../../src/db/patience.ts'
import { endRetention } from '../../src/db/retention.ts'
import { finishRun, noteVerdict, startRun } from '../../src/db/runs.ts'
import { LeaseLost, type SiteLease } from '../../src/db/site-leases.ts'
import { openSiteStore } from '../../src/db/site-store.ts'
import { saveSite } from '../../src/db/sites.ts'
import { failpoint } from '../../src/failpoint.ts'
import { webhook } from '../../src/report/webhook.ts'
import type { Settings } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import type { SiteStore } from '../../src/store.ts'
import { checkSite, isUnwell, judgeEnd } from './check-site.ts'
import { failedPass } from './failed-pass.ts'
import { GroupBeside } from './group-beside.ts'
import { openPrivateStore } from './privacy.ts'
import type { FollowPass, SiteEvent } from './report.ts'
import type { SiteResult, Visit } from './run-sites.ts'

type CrawlEnd = Pick<SiteResult, 'error'> & { readonly outcome: PassOutcome }
export type PassEnd = Pick<SiteResult, 'outcome' | 'error' | 'alarms' | 'isUnwell'>

/** The crawl of one pass, with what it is recorded by. */
export type Crawl = (stored: {
  readonly store: SiteStore
  readonly zoneHint: string | null
  readonly signal: AbortSignal
  readonly follow: (event: SiteEvent) => void
}) => Promise<CrawlEnd>

export interface RecordedPass {
  readonly database: OpenDatabase
  readonly settings: Settings
  readonly onEvent: FollowPass
  readonly site: Site
  readonly visit: Visit
  readonly tally: Tally
  readonly lease: SiteLease
  readonly crawl: Crawl
}

/** Crawls a site that is held, writes the run down, does what is to be done after each, and judges the site. */
export async function recordRun(recorded: RecordedPass): Promise<PassEnd> {
  const { database, site, visit, tally, lease, onEvent } = recorded
  const { db } = database
  const followAs = (runId: number | null) => (event: SiteEvent) => onEvent({ site, runId, tally }, event)
  const begin = attemptOn(database, visit.signal, sayTrouble(followAs(null)))
  const zoneHint = await begin(() => saveSite(db, site))
  failpoint('site-saved')
  const startedAt = new Date()
  const runId = await begin(() => startRun(db, site.id, visit.job, startedAt))
  failpoint('run-started')
  const follow = followAs(runId)
  const attempt = attemptOn(database, visit.signal, sayTrouble(follow))
  follow({ kind: 'start' })
  const ended = await crawlInto({ ...recorded, runId, zoneHint, follow, attempt }).catch(failedPass)
  if (lease.signal.aborted) {
    const lost = { outcome: 'held', error: new LeaseLost(site.id).message, alarms: [] } as const
    follow({ kind: 'end', ...lost })
    return lost
  }
  failpoint('run-finishing')
  const finishedAt = new Date()
  await attempt(() => finishRun(db, runId, { ...ended, counters: tally, finishedAt }))
  failpoint('run-finished')
  await tidyUp(database, site, attempt, finishedAt)
  const isWhole = visit.pass.comments && ended.outcome !== 'interrupted'
  const judged = { siteId: site.id, runId, startedAt, finishedAt, tally, isWhole }
  const tell = tellOf(recorded.settings, sayTrouble(follow))
  const alarms = await attempt(() => checkSite(db, judged, tell))
  failpoint('site-checked')
  const ofPass = { ...ended, startedAt, finishedAt, tally }
  await attempt(() => noteVerdict(db, runId, judgeEnd(ofPass, alarms)))
  failpoint('run-judged')
  const raisedNow = alarms.filter(({ since }) => since === finishedAt.toISOString())
  for (const alarm of raisedNow) follow({ kind: 'alarm', alarm })
  follow({ kind: 'end', ...ended, alarms })
  return { ...ended, alarms, isUnwell: isUnwell(judgeEnd(ofPass, [])) }
}

interface BegunPass extends RecordedPass {
  readonly runId: number
  readonly zoneHint: string | null
  readonly follow: (event: SiteEvent) => void
  readonly attempt: Attempt
}

async function crawlInto(begun: BegunPass): Promise<CrawlEnd> {
  const { database, settings, site, visit, lease, runId, zoneHint, follow, attempt } = begun
  const isFamilyMember = site.family !== null
  const options = { siteId: site.id, runId, isFamilyMember, revisit: revisitPolicy, lease, attempt }
  const store = await openPrivateStore(database.db, settings, site, openSiteStore(database.db, options))
  const signal = AbortSignal.any([visit.signal, lease.signal])
  // Every request in flight listens: any number is right.
  setMaxListeners(0, signal)
  const grouping = new GroupBeside(() => groupSomeCopies(database.db))
  const followed = (event: SiteEvent): void => {
    if (event.kind === 'page' && event.change !== 'unchanged') grouping.notePage()
    follow(event)
  }
  try {
    return await begun.crawl({ store, zoneHint, signal, follow: followed })
  } finally {
    await grouping.settled()
  }
}

async function tidyUp({ db }: OpenDatabase, site: Site, attempt: Attempt, now: Date): Promise<void> {
  await attempt(() => deleteExpiredCaptures(db, site.id, now, site.captureDays))
  failpoint('captures-expired')
  await attempt(() => endRetention(db, site, now))
  await attempt(() => groupCopies(db))
}

function tellOf({ webhook: address }: Settings, onFailure: (line: string) => void) {
  return address === null ? null : webhook(address, onFailure)
}

const sayTrouble = (follow: (event: SiteEvent) => void) => (message: string) =>
  follow({ kind: 'trouble', message })

/** Waits for a database that is away for a while, and says so. */
export function attemptOn(
  database: OpenDatabase,
  signal: AbortSignal,
  say: (message: string) => void,
): Attempt {
  const onWait = (reason: string): void => say(`waiting for the database ${database.name} (${reason})`)
  return (work) => database.patiently(work, { signal, onWait })
}
