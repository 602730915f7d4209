import { setMaxListeners } from 'node:events'
import pLimit from 'p-limit'
import { crawlSite, type PassOutcome } from '../../src/crawlers/site-pass.ts'
import { Renderer } from '../../src/crawlers/browser/renderer.ts'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import { Door } from '../../src/crawlers/fetch/door.ts'
import type { PassEvent, PassOptions } from '../../src/crawlers/pass.ts'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { newTally, type Tally } from '../../src/crawlers/tally.ts'
import type { Alarm } from '../../src/db/alarms.ts'
import { deleteExpiredCaptures } from '../../src/db/captures.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { groupCopies } from '../../src/db/group-copies.ts'
import { hostBook } from '../../src/db/hosts.ts'
import type { Attempt } from '../../src/db/patience.ts'
import { redactRemoved } from '../../src/db/redactions.ts'
import { endRetention } from '../../src/db/retention.ts'
import { finishRun, startRun } from '../../src/db/runs.ts'
import { holdSite, LeaseLost, type SiteLease } from '../../src/db/site-leases.ts'
import { openSiteStore } from '../../src/db/site-store.ts'
import { saveSite } from '../../src/db/sites.ts'
import type { Settings } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import type { SiteStore } from '../../src/store.ts'
import { type TellChanges, webhook } from '../../src/report/webhook.ts'
import { checkSite, isUnwell } from './check-site.ts'
import { failpoint } from '../../src/failpoint.ts'
import { failedPass } from './failed-pass.ts'
import { hidesNames, openKey, openPrivateStore } from './privacy.ts'

export interface SiteResult {
  readonly site: string
  /**
   * `held`: another process is crawling the site, or took it over; `not_due`: there was nothing to do, after all;
   * `queued`: a worker will crawl it.
   */
  readonly outcome: PassOutcome | 'held' | 'not_due' | 'queued'
  readonly error: string | null
  readonly alarms: readonly Alarm[]
  /** The site refuses us, or hardly anything of it could be read. */
  readonly isUnwell?: boolean
  readonly tally: Tally
  readonly seconds: number
}

export interface RunSitesOptions {
  readonly settings: Settings
  readonly job: string
  readonly pass: PassOptions
  readonly allowPrivateNetwork: boolean
  /** Sites at once. */
  readonly concurrency: number
  readonly signal: AbortSignal
  readonly onEvent: (
    site: Site,
    tally: Tally,
    event: PassEvent | { readonly kind: 'start' } | { readonly kind: 'end' },
  ) => void
  /** Null in a dry run, which stores nothing. */
  readonly database: OpenDatabase | null
  /** Extraction threads that were started ahead; they end with the runs. */
  readonly pool?: ExtractionPool
  /** Where a dry run shows what it read. */
  readonly dryStore?: SiteStore
}

/** Crawls sites side by side, each site politely by itself. */
export async function runSites(
  options: RunSitesOptions & { readonly sites: readonly Site[] },
): Promise<SiteResult[]> {
  const { database, settings, sites } = options
  // What is set wrongly is said before anything is fetched.
  if (database !== null)
    await openKey(
      database.db,
      settings,
      sites.some((site) => hidesNames(site, settings)),
    )
  const runs = await openRuns(options)
  try {
    return await Promise.all(options.sites.map((site) => runs.run(site)))
  } finally {
    await runs.close()
  }
}

/** What passes over sites share, for as long as it is open: one door, one pool of extraction threads, one browser. */
export interface SiteRuns {
  /** One pass over one site, as soon as there is room for it. */
  readonly run: (site: Site, visit?: Partial<Visit>) => Promise<SiteResult>
  readonly close: () => Promise<void>
}

/** What one pass is to do, where it differs from the others. */
export interface Visit {
  readonly job: string
  readonly pass: PassOptions
  /** Ends this pass alone. */
  readonly signal: AbortSignal
  /** Asked once no other process can crawl the site, and before anything is fetched. */
  readonly isDue: () => Promise<boolean>
}

export async function openRuns(options: RunSitesOptions): Promise<SiteRuns> {
  const { database, settings } = options
  if (database !== null) await openKey(database.db, settings, settings.privacy !== 'names')
  const door = new Door({
    userAgent: 'Commentariat/0.1',
    contact: settings.contact,
    allowPrivateNetwork: options.allowPrivateNetwork,
    ...(database === null ? {} : { hostBook: hostBook(database, attemptOn(database, options)) }),
  })
  const { pool = new ExtractionPool() } = options
  const renderer = new Renderer(settings.chromiumPath)
  const limit = pLimit(options.concurrency)
  const means = { door, pool, renderer }
  const { job, pass, signal } = options
  const usual = { job, pass, signal, isDue: () => Promise.resolve(true) }
  return {
    run: (site, visit = {}) => limit(() => runSite(options, site, means, { ...usual, ...visit })),
    close: async () => {
      await Promise.all([door.close(), pool.close(), renderer.close()])
    },
  }
}

interface Means {
  readonly door: Door
  readonly pool: ExtractionPool
  readonly renderer: Renderer
}

async function runSite(
  options: RunSitesOptions,
  site: Site,
  means: Means,
  visit: Visit,
): Promise<SiteResult> {
  const started = performance.now()
  const tally = newTally()
  const ended = visit.signal.aborted
    ? ({ outcome: 'interrupted', error: null, alarms: [] } as const)
    : await runPass(options, site, means, tally, visit)
  return { site: site.id, ...ended, tally, seconds: (performance.now() - started) / 1000 }
}

type CrawlEnd = Pick<SiteResult, 'error'> & { readonly outcome: PassOutcome }
type PassEnd = Pick<SiteResult, 'outcome' | 'error' | 'alarms' | 'isUnwell'>

async function runPass(
  options: RunSitesOptions,
  site: Site,
  means: Means,
  tally: Tally,
  visit: Visit,
): Promise<PassEnd> {
  const { database, dryStore } = options
  const onChange = (event: PassEvent) => options.onEvent(site, tally, event)
  const pass = { site, options: visit.pass, ...means, tally, onChange }
  const work = async (store: SiteStore, zoneHint: string | null, signal: AbortSignal) => {
    options.onEvent(site, tally, { kind: 'start' })
    const ended = await crawlSite({ ...pass, zoneHint, store, signal })
    options.onEvent(site, tally, { kind: 'end' })
    return ended
  }
  if (database === null) {
    if (dryStore === undefined) throw new TypeError('a run without a database needs a dry store')
    return { ...(await work(dryStore, null, visit.signal)), alarms: [] }
  }
  const { db } = database
  const attempt = attemptOn(database, visit)
  const crawl = async (lease: SiteLease): Promise<PassEnd> => {
    if (!(await visit.isDue())) return { outcome: 'not_due', error: null, alarms: [] }
    return recordRun(
      { database, tell: tellOf(options.settings) },
      site,
      visit,
      tally,
      lease,
      async (runId, zoneHint) => {
        const isFamilyMember = site.family !== null
        const store = { siteId: site.id, runId, isFamilyMember, revisit: revisitPolicy, lease, attempt }
        const privately = await openPrivateStore(db, options.settings, site, openSiteStore(db, store))
        return work(privately, zoneHint, anyOf(visit.signal, lease.signal))
      },
    )
  }
  const ended = await holdSite(database, site.id, crawl, attempt)
  return ended ?? { outcome: 'held', error: `${site.id} is being crawled by another process`, alarms: [] }
}

/** Every request in flight listens: any number is right. */
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const any = AbortSignal.any(signals)
  setMaxListeners(0, any)
  return any
}

interface Recording {
  readonly database: OpenDatabase
  readonly tell: TellChanges | null
}

function tellOf({ webhook: address }: Settings): TellChanges | null {
  if (address === null) return null
  return webhook(address, (line) => void process.stderr.write(`commentariat: ${line}\n`))
}

async function recordRun(
  { database, tell }: Recording,
  site: Site,
  { job, pass, signal }: Visit,
  tally: Tally,
  lease: SiteLease,
  work: (runId: number, zoneHint: string | null) => Promise<CrawlEnd>,
): Promise<PassEnd> {
  const { db } = database
  const attempt = attemptOn(database, { signal })
  const zoneHint = await attempt(() => saveSite(db, site))
  failpoint('site-saved')
  const startedAt = new Date()
  const runId = await attempt(() => startRun(db, site.id, job, startedAt))
  failpoint('run-started')
  const ended = await work(runId, zoneHint).catch(failedPass)
  if (lease.signal.aborted) return { outcome: 'held', error: new LeaseLost(site.id).message, alarms: [] }
  failpoint('run-finishing')
  const finishedAt = new Date()
  await attempt(() => finishRun(db, runId, { ...ended, counters: tally, finishedAt }))
  failpoint('run-finished')
  await attempt(() => deleteExpiredCaptures(db, site.id, finishedAt, site.captureDays))
  failpoint('captures-expired')
  await attempt(() => redactRemoved(db, site, finishedAt))
  await attempt(() => endRetention(db, site, finishedAt))
  await attempt(() => groupCopies(db))
  const isWhole = pass.comments && ended.outcome !== 'interrupted'
  const judged = { siteId: site.id, runId, startedAt, finishedAt, tally, isWhole }
  const alarms = await attempt(() => checkSite(db, judged, tell))
  failpoint('site-checked')
  return { ...ended, alarms, isUnwell: isUnwell({ ...ended, startedAt, finishedAt, tally }) }
}

/** Waits for a database that is away for a while, and says so. */
function attemptOn(database: OpenDatabase, { signal }: Pick<RunSitesOptions, 'signal'>): Attempt {
  const onWait = (reason: string): void =>
    void process.stderr.write(`commentariat: waiting for the database ${database.name} (${reason})\n`)
  return (work) => database.patiently(work, { signal, onWait })
}
