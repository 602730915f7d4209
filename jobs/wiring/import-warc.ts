import { Renderer } from '../../src/crawlers/browser/renderer.ts'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import type { Pass } from '../../src/crawlers/pass.ts'
import { archivedAnswers, type Skipped } from '../../src/crawlers/replay/archived-answers.ts'
import { importPages } from '../../src/crawlers/replay/import-pages.ts'
import { endReplay, replayPass } from '../../src/crawlers/replay/replay-site.ts'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { newTally } from '../../src/crawlers/tally.ts'
import { deleteCaptures } from '../../src/db/captures.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { keepArchived, openImportStore } from '../../src/db/replay/import-store.ts'
import { openReplayStore } from '../../src/db/replay/replay-store.ts'
import { storedAnswers } from '../../src/db/replay/stored-answers.ts'
import { endRetention } from '../../src/db/retention.ts'
import { finishRun, startRun } from '../../src/db/runs.ts'
import { holdSites, type TakeSite } from '../../src/db/site-leases.ts'
import { readSites, saveSite } from '../../src/db/sites.ts'
import { renderSummary } from '../../src/report/summary.ts'
import type { Settings } from '../../src/settings.ts'
import { keptOf, privateStore } from '../../src/privacy/private-store.ts'
import { resolveSite } from '../../src/sites/find-site.ts'
import type { Site } from '../../src/sites/site.ts'
import { isOnSite, siteHost } from '../../src/sites/site-host.ts'
import type { SiteStore } from '../../src/store.ts'
import type { StoredAnswer } from '../../src/stored-answers.ts'
import { WarcError } from '../../src/warc/warc-error.ts'
import { exitCodeOf } from './crawl-sites.ts'
import { withHeldSites } from './held-sites.ts'
import { notice } from './notice.ts'
import { type RunWatcher, siteReport, watchRun } from './report.ts'
import { exit, type Job } from './run-job.ts'
import { openGuard } from './privacy.ts'
import { readAgain } from './read-again.ts'
import type { SiteResult } from './run-sites.ts'

export interface ImportFlags {
  readonly site?: readonly string[]
  readonly json: boolean
}

/** Takes the pages of WARC files, one file after the other, and prints what became of them. @returns the exit code. */
export async function importWarcs(
  { settings, signal }: Job,
  flags: ImportFlags,
  { files, known }: { readonly files: readonly string[]; readonly known: readonly Site[] },
  database: OpenDatabase,
): Promise<number> {
  await requireSchema(database)
  const watcher = watchRun(settings)
  const pool = new ExtractionPool()
  const skipped: Skipped = new Map()
  const broken: string[] = []
  let pages = 0
  const results = await holdSites(database, async (take) => {
    const sites = await chosenSites(database, known, flags.site ?? [])
    const importing = new Importing({ database, settings, sites, pool, take, watcher, signal, skipped })
    try {
      for (const file of files) pages += await importFile(file, importing, skipped, broken)
      return await importing.end()
    } finally {
      await pool.close()
      await importing.deleteLent()
    }
  })
  watcher.end()
  const code = broken.length > 0 ? exit.failed : exitCodeOf(results)
  const reports = results.map(siteReport)
  if (flags.json) {
    const counts = { pages, skipped: Object.fromEntries(skipped), broken }
    process.stdout.write(
      `${JSON.stringify({ ...counts, sites: reports, failures: watcher.failures, exitCode: code })}\n`,
    )
    return code
  }
  process.stdout.write(renderSummary(reports, watcher.failures))
  process.stdout.write(`${pages} pages; ${skippedLine(skipped)}\n`)
  for (const message of broken) notice('warn', message)
  return code
}

/** A file that can't be read to its end is told; what was read of it stays. */
async function importFile(
  file: string,
  importing: Importing,
  skipped: Skipped,
  broken: string[],
): Promise<number> {
  const count = { pages: 0 }
  try {
    await importPages(archivedAnswers(file, skipped), importing, count)
  } catch (error) {
    if (!(error instanceof WarcError)) throw error
    broken.push(error.message)
  }
  return count.pages
}

function skippedLine(skipped: Skipped): string {
  if (skipped.size === 0) return 'nothing skipped'
  const counts = [...skipped].toSorted(([, one], [, other]) => other - one)
  return `skipped: ${counts.map(([what, count]) => `${count} ${what}`).join(', ')}`
}

interface ChosenSites {
  readonly all: readonly Site[]
  /** Null: every site, known or not. */
  readonly wanted: readonly Site[] | null
  readonly zones: ReadonlyMap<string, string | null>
}

async function chosenSites(
  { db }: OpenDatabase,
  known: readonly Site[],
  named: readonly string[],
): Promise<ChosenSites> {
  const rows = await readSites(db)
  const all = await withHeldSites(db, known)
  return {
    all,
    wanted: named.length === 0 ? null : named.map((name) => resolveSite(name, all)),
    zones: new Map(rows.map(({ id, timezone }) => [id, timezone])),
  }
}

interface Means {
  readonly database: OpenDatabase
  readonly settings: Settings
  readonly sites: ChosenSites
  readonly pool: ExtractionPool
  readonly take: TakeSite
  readonly watcher: RunWatcher
  readonly signal: AbortSignal
  readonly skipped: Skipped
}

interface OpenPass {
  /** Whether the bytes of an answer may be held. */
  readonly mayKeep: (answer: StoredAnswer) => boolean
  readonly pass: Pass
  /** Takes over what is read otherwise of pages that are held. */
  readonly replayed: SiteStore
  /** Answers about threads or parts were brought. */
  hasAnswers: boolean
  readonly runId: number
  readonly started: number
}

/** The passes over the sites that pages were found of, each opened with its first page and held to the end. */
class Importing {
  readonly #means: Means
  readonly #passes = new Map<string, Promise<OpenPass | null>>()
  /** Captures that are needed to read the threads, and may not be held after. */
  readonly #lent: number[] = []
  readonly #siteOfHost = new Map<string, Site>()
  readonly signal: AbortSignal

  constructor(means: Means) {
    this.#means = means
    this.signal = means.signal
  }

  readonly passOf = async (answer: StoredAnswer): Promise<Pass | null> => {
    const site = this.#siteOf(answer.url)
    if (site === null) return this.#skip('page of another site')
    const opened = this.#passes.get(site.id) ?? this.#open(site)
    this.#passes.set(site.id, opened)
    return (await opened)?.pass ?? this.#skip('page of a site that is being crawled')
  }

  readonly keep = async (pass: Pass, answer: StoredAnswer): Promise<void> => {
    const { db } = this.#means.database
    const opened = await this.#passes.get(pass.site.id)
    const id = await keepArchived(db, pass.site.id, answer, opened?.mayKeep(answer) === false)
    if (id !== null) this.#lent.push(id)
    if (opened != null) opened.hasAnswers = true
  }

  async deleteLent(): Promise<void> {
    await deleteCaptures(this.#means.database.db, this.#lent)
  }

  #skip(what: string): null {
    this.#means.skipped.set(what, (this.#means.skipped.get(what) ?? 0) + 1)
    return null
  }

  #siteOf(url: string): Site | null {
    const { wanted, all } = this.#means.sites
    if (wanted !== null) return wanted.find((site) => isOnSite(url, site.url)) ?? null
    const host = siteHost(url)
    if (host === null) return null
    const site = this.#siteOfHost.get(host) ?? resolveSite(`${new URL(url).origin}/`, all)
    this.#siteOfHost.set(host, site)
    return site
  }

  async #open(site: Site): Promise<OpenPass | null> {
    const { database, settings, sites, pool, take, watcher, signal } = this.#means
    const { db } = database
    const lease = await take(site.id)
    if (lease === null) return null
    const zoneHint = sites.zones.get(site.id) ?? (await saveSite(db, site))
    const runId = await startRun(db, site.id, 'import', new Date())
    const tally = newTally()
    watcher.onEvent({ site, runId, tally }, { kind: 'start' })
    const isFamilyMember = site.family !== null
    const guard = await openGuard(db, settings, site)
    const mayKeep = (answer: StoredAnswer) =>
      keptOf(guard, { ...answer, gzip: null, before: null }).body.length > 0
    const options = { siteId: site.id, runId, isFamilyMember, revisit: revisitPolicy, lease }
    const store = privateStore(openImportStore(db, options), guard)
    const replayed = privateStore(openReplayStore(db, options), guard)
    const pass = replayPass(
      {
        site,
        zoneHint,
        pool,
        renderer: new Renderer(null),
        store,
        tally,
        signal,
        onChange: (event) => watcher.onEvent({ site, runId, tally }, event),
      },
      storedAnswers(db, site.id),
    )
    return { pass, replayed, hasAnswers: false, mayKeep, runId, started: performance.now() }
  }

  /** Writes the runs down. */
  async end(): Promise<SiteResult[]> {
    const results: SiteResult[] = []
    const { db } = this.#means.database
    for (const opened of this.#passes.values()) {
      const open = await opened
      if (open === null) continue
      const { pass, runId, started } = open
      const { site, tally } = pass
      if (open.hasAnswers) await readAgain(db, pass, open.replayed)
      const end = endReplay(pass)
      const finishedAt = new Date()
      await finishRun(db, runId, { ...end, counters: tally, finishedAt })
      await endRetention(db, site, finishedAt)
      this.#means.watcher.onEvent({ site, runId, tally }, { kind: 'end', ...end, alarms: [] })
      const seconds = (performance.now() - started) / 1000
      results.push({ site: site.id, alarms: [], ...end, tally, seconds })
    }
    return results
  }
}
