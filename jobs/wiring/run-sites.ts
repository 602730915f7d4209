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
import { isConnectionLost } from '../../src/db/connection-lost.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { hostBook } from '../../src/db/hosts.ts'
import { redactRemoved } from '../../src/db/redactions.ts'
import { endLostRuns, finishRun, startRun } from '../../src/db/runs.ts'
import { holdSite, LeaseLost, type SiteLease } from '../../src/db/site-leases.ts'
import { openSiteStore } from '../../src/db/site-store.ts'
import { saveSite } from '../../src/db/sites.ts'
import type { Settings } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import type { SiteStore } from '../../src/store.ts'
import { checkSite } from './check-site.ts'

export interface SiteResult {
  readonly site: string
  /**
   * `held`: another process is crawling the site, or took it over; `not_due`: there was nothing to do, after all;
   * `queued`: a worker will crawl it.
   */
  readonly outcome: PassOutcome | 'held' | 'not_due' | 'queued'
  readonly error: string | null
  readonly alarms: readonly Alarm[]
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
  const { database } = options
  const door = new Door({
    userAgent: 'Commentariat/0.1',
    contact: options.settings.contact,
    allowPrivateNetwork: options.allowPrivateNetwork,
    ...(database === null ? {} : { hostBook: hostBook(database.db) }),
  })
  const { pool = new ExtractionPool() } = options
  const renderer = new Renderer(options.settings.chromiumPath)
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
  const ended = await runPass(options, site, means, tally, visit)
  return { site: site.id, ...ended, tally, seconds: (performance.now() - started) / 1000 }
}

type CrawlEnd = Pick<SiteResult, 'error'> & { readonly outcome: PassOutcome }
type PassEnd = Pick<SiteResult, 'outcome' | 'error' | 'alarms'>

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
  const ended = await holdSite(database, site.id, async (lease) => {
    if (!(await visit.isDue())) return { outcome: 'not_due', error: null, alarms: [] } as const
    return recordRun(database, site, visit, tally, lease, (runId, zoneHint) => {
      const isFamilyMember = site.family !== null
      const store = openSiteStore(db, {
        siteId: site.id,
        runId,
        isFamilyMember,
        revisit: revisitPolicy,
        lease,
      })
      return work(store, zoneHint, anyOf(visit.signal, lease.signal))
    })
  })
  return ended ?? { outcome: 'held', error: `${site.id} is being crawled by another process`, alarms: [] }
}

/** Every request in flight listens: any number is right. */
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const any = AbortSignal.any(signals)
  setMaxListeners(0, any)
  return any
}

async function recordRun(
  { db }: OpenDatabase,
  site: Site,
  { job, pass }: Visit,
  tally: Tally,
  lease: SiteLease,
  work: (runId: number, zoneHint: string | null) => Promise<CrawlEnd>,
): Promise<PassEnd> {
  const zoneHint = await saveSite(db, site)
  const startedAt = new Date()
  await endLostRuns(db, site.id, startedAt)
  const runId = await startRun(db, site.id, job, startedAt)
  const ended = await work(runId, zoneHint).catch(failedPass)
  if (lease.signal.aborted) return { outcome: 'held', error: new LeaseLost(site.id).message, alarms: [] }
  const finishedAt = new Date()
  await finishRun(db, runId, { ...ended, counters: tally, finishedAt })
  await deleteExpiredCaptures(db, site.id, finishedAt, site.captureDays)
  await redactRemoved(db, site, finishedAt)
  const isWhole = pass.comments && ended.outcome !== 'interrupted'
  const judged = { siteId: site.id, runId, startedAt, finishedAt, tally, isWhole }
  return { ...ended, alarms: await checkSite(db, judged) }
}

/** A fault in one site's pass must not stop the others; without a database they all end. */
export function failedPass(error: unknown): CrawlEnd & { readonly outcome: 'failed' } {
  if (isConnectionLost(error)) throw error
  const said = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return { outcome: 'failed', error: said instanceof Error ? (said.stack ?? said.message) : String(said) }
}
