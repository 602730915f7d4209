import type { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import type { PassOptions } from '../../src/crawlers/pass.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { renderSummary } from '../../src/report/summary.ts'
import type { Site } from '../../src/sites/site.ts'
import { dryStore } from './dry-store.ts'
import { siteReport, watchRun } from './report.ts'
import { exit, type Job } from './run-job.ts'
import { runSites, type SiteResult } from './run-sites.ts'

export interface CrawlFlags {
  readonly since?: Date
  readonly limit?: number
  readonly maxRequests?: number
  readonly comments: boolean
  readonly refresh: boolean
  readonly article: readonly string[]
  readonly dryRun: boolean
  readonly json: boolean
  readonly allowPrivateNetwork: boolean
  readonly concurrency: number
  /** Leave the crawling to workers. */
  readonly queue: boolean
  readonly priority: number
}

/** What each pass is to do. */
export function passOptions(flags: CrawlFlags): PassOptions {
  return {
    since: flags.since ?? null,
    limit: flags.limit ?? null,
    maxRequests: flags.maxRequests ?? null,
    comments: flags.comments,
    refresh: flags.refresh,
    articles: flags.article,
  }
}

export interface CrawlMeans {
  /** Null in a dry run. */
  readonly database: OpenDatabase | null
  /** Ends with the crawl. */
  readonly pool: ExtractionPool
}

/**
 * Crawls the sites and prints the summary.
 * @returns the exit code.
 */
export async function crawlSites(
  { settings, signal }: Job,
  flags: CrawlFlags,
  sites: readonly Site[],
  { database, pool }: CrawlMeans,
): Promise<number> {
  if (database !== null) await requireSchema(database)
  const watcher = watchRun(settings)
  const results = await runSites({
    settings,
    sites,
    job: 'crawl',
    pass: passOptions(flags),
    allowPrivateNetwork: flags.allowPrivateNetwork,
    concurrency: flags.concurrency,
    signal,
    onEvent: watcher.onEvent,
    database,
    pool,
    ...(database === null ? { dryStore: dryStore((line) => process.stderr.write(`${line}\n`)) } : {}),
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

export function exitCodeOf(results: readonly SiteResult[]): number {
  const outcomes = new Set<string>(results.map(({ outcome }) => outcome))
  if (['failed', 'partial', 'set_aside'].some((outcome) => outcomes.has(outcome))) return exit.failed
  return outcomes.has('held') ? exit.held : exit.done
}
