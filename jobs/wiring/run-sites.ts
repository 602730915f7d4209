import pLimit from 'p-limit'
import { crawlSite } from '../../src/crawlers/site-pass.ts'
import { Renderer } from '../../src/crawlers/browser/renderer.ts'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import { Door } from '../../src/crawlers/fetch/door.ts'
import type { PassOptions } from '../../src/crawlers/pass.ts'
import { newTally, type Tally } from '../../src/crawlers/tally.ts'
import type { Alarm } from '../../src/db/alarms.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { hostBook } from '../../src/db/hosts.ts'
import { holdSite, type SiteLease } from '../../src/db/site-leases.ts'
import type { Settings } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import type { SiteStore } from '../../src/store.ts'
import { notice } from './notice.ts'
import { identityOf } from './identity.ts'
import { hidesNames, openKey } from './privacy.ts'
import type { SiteOutcome } from '../../src/report/site-report.ts'
import { attemptOn, type Crawl, type PassEnd, recordRun } from './record-run.ts'
import type { FollowPass, SiteEvent } from './report.ts'

export interface SiteResult {
  readonly site: string
  readonly outcome: SiteOutcome
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
  readonly onEvent: FollowPass
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
    ...identityOf(settings),
    allowPrivateNetwork: options.allowPrivateNetwork,
    ...(database === null
      ? {}
      : { hostBook: hostBook(database, attemptOn(database, options.signal, sayWaiting)) }),
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

/** A host's turn is waited for by all passes that want it. */
const sayWaiting = (message: string): void => notice('warn', message)

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

async function runPass(
  options: RunSitesOptions,
  site: Site,
  means: Means,
  tally: Tally,
  visit: Visit,
): Promise<PassEnd> {
  const { database, dryStore, onEvent, settings } = options
  const crawl: Crawl = ({ follow, ...stored }) =>
    crawlSite({ site, options: visit.pass, ...means, tally, onChange: follow, ...stored })
  if (database === null) {
    if (dryStore === undefined) throw new TypeError('a run without a database needs a dry store')
    const follow = (event: SiteEvent) => onEvent({ site, runId: null, tally }, event)
    follow({ kind: 'start' })
    const ended = await crawl({ store: dryStore, zoneHint: null, signal: visit.signal, follow })
    follow({ kind: 'end', ...ended, alarms: [] })
    return { ...ended, alarms: [] }
  }
  const held = async (lease: SiteLease): Promise<PassEnd> => {
    if (!(await visit.isDue())) return { outcome: 'not_due', error: null, alarms: [] }
    return recordRun({ database, settings, onEvent, site, visit, tally, lease, crawl })
  }
  const sayTrouble = (message: string): void =>
    onEvent({ site, runId: null, tally }, { kind: 'trouble', message })
  const ended = await holdSite(database, site.id, held, attemptOn(database, visit.signal, sayTrouble))
  return ended ?? { outcome: 'held', error: `${site.id} is being crawled by another process`, alarms: [] }
}
