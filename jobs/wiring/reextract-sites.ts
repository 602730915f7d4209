import pLimit from 'p-limit'
import { Renderer } from '../../src/crawlers/browser/renderer.ts'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import { replaySite } from '../../src/crawlers/replay/replay-site.ts'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { newTally } from '../../src/crawlers/tally.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { groupCopies } from '../../src/db/group-copies.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { openReplayStore } from '../../src/db/replay/replay-store.ts'
import { storedAnswers } from '../../src/db/replay/stored-answers.ts'
import { endRetention } from '../../src/db/retention.ts'
import { finishRun, startRun } from '../../src/db/runs.ts'
import { holdSite } from '../../src/db/site-leases.ts'
import { readSites, saveSite } from '../../src/db/sites.ts'
import { renderSummary } from '../../src/report/summary.ts'
import type { Settings } from '../../src/settings.ts'
import { resolveSite } from '../../src/sites/find-site.ts'
import type { Site } from '../../src/sites/site.ts'
import { exitCodeOf } from './crawl-sites.ts'
import { withHeldSites } from './held-sites.ts'
import { type FollowPass, type SiteEvent, siteReport, watchRun } from './report.ts'
import { openPrivateStore } from './privacy.ts'
import type { Job } from './run-job.ts'
import { failedPass } from './failed-pass.ts'
import type { SiteResult } from './run-sites.ts'

export interface ReextractFlags {
  readonly since?: Date
  readonly json: boolean
}

/** Reads the stored pages of the sites again, one site after the other, and prints the summary. @returns the exit code. */
export async function reextractSites(
  { settings, signal }: Job,
  flags: ReextractFlags,
  chosen: { readonly named: readonly string[]; readonly known: readonly Site[] },
  database: OpenDatabase,
): Promise<number> {
  await requireSchema(database)
  const sites = await chooseSites(chosen, database)
  const watcher = watchRun(settings)
  const results = await reextract({
    database,
    settings,
    sites,
    since: flags.since ?? null,
    signal,
    onEvent: watcher.onEvent,
  })
  watcher.end()
  const reports = results.map(siteReport)
  const exitCode = exitCodeOf(results)
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ sites: reports, failures: watcher.failures, exitCode })}\n`
      : renderSummary(reports, watcher.failures),
  )
  return exitCode
}

/** A site that was made from an address is known by what is held of it. */
async function chooseSites(
  { named, known }: { readonly named: readonly string[]; readonly known: readonly Site[] },
  { db }: OpenDatabase,
): Promise<readonly Site[]> {
  const all = await withHeldSites(db, known)
  if (named.length === 0) {
    const held = new Set((await readSites(db)).map(({ id }) => id))
    return all.filter(({ id, enabled }) => enabled && held.has(id))
  }
  return [...new Map(named.map((name) => resolveSite(name, all)).map((site) => [site.id, site])).values()]
}

export interface ReextractOptions {
  readonly database: OpenDatabase
  readonly settings: Pick<Settings, 'privacy' | 'pseudonymKey'>
  readonly sites: readonly Site[]
  /** Only pages stored since; null: all. */
  readonly since: Date | null
  readonly signal: AbortSignal
  readonly onEvent: FollowPass
}

/** Replays what is stored of sites, each under its lease, as a crawl takes it. */
export async function reextract(options: ReextractOptions): Promise<SiteResult[]> {
  const pool = new ExtractionPool()
  const one = pLimit(1)
  try {
    return await Promise.all(options.sites.map((site) => one(() => reextractSite(options, site, pool))))
  } finally {
    await pool.close()
  }
}

async function reextractSite(
  { database, settings, since, signal, onEvent }: ReextractOptions,
  site: Site,
  pool: ExtractionPool,
): Promise<SiteResult> {
  const { db } = database
  const started = performance.now()
  const tally = newTally()
  const ended = await holdSite(database, site.id, async (lease) => {
    const zoneHint = await saveSite(db, site)
    const runId = await startRun(db, site.id, 'reextract', new Date())
    const follow = (event: SiteEvent) => onEvent({ site, runId, tally }, event)
    follow({ kind: 'start' })
    const isFamilyMember = site.family !== null
    const options = { siteId: site.id, runId, isFamilyMember, revisit: revisitPolicy, lease }
    const store = openReplayStore(db, options)
    const pass = {
      site,
      zoneHint,
      pool,
      // Never asked: what is stored of such a page is what a browser made of it.
      renderer: new Renderer(null),
      store: await openPrivateStore(db, settings, site, store),
      tally,
      signal: AbortSignal.any([signal, lease.signal]),
      onChange: follow,
    }
    const end = await replaySite(pass, storedAnswers(db, site.id), since).catch(failedPass)
    if (lease.signal.aborted) {
      follow({ kind: 'end', ...lostTo(site), alarms: [] })
      return null
    }
    const finishedAt = new Date()
    await finishRun(db, runId, { ...end, counters: tally, finishedAt })
    await endRetention(db, site, finishedAt)
    await groupCopies(db)
    follow({ kind: 'end', ...end, alarms: [] })
    return end
  })
  return {
    site: site.id,
    alarms: [],
    ...(ended ?? lostTo(site)),
    tally,
    seconds: (performance.now() - started) / 1000,
  }
}

const lostTo = ({ id }: Site) =>
  ({ outcome: 'held', error: `${id} is being crawled by another process` }) as const
