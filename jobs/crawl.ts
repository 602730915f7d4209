import { Command } from 'commander'
import type { OpenDatabase } from '../src/db/client.ts'
import { UsageError } from '../src/settings.ts'
import { loadSites, resolveSite } from '../src/sites/find-site.ts'
import type { Site } from '../src/sites/site.ts'
import type { CrawlFlags } from './wiring/crawl-sites.ts'
import { onDatabase } from './wiring/on-database.ts'
import { parseSince } from './wiring/parse-since.ts'
import { requireContact } from './wiring/require-contact.ts'
import { runJob } from './wiring/run-job.ts'
import { wholeNumber } from './wiring/parse-whole-number.ts'

/** A person waits for it: sooner than what is scheduled. */
const USUAL_PRIORITY = 10

export const command = new Command('crawl')
  .description(
    'One pass over the named sites (default: every enabled one): discover, fetch what is due, store.',
  )
  .argument('[site...]', 'ids from src/sites, or addresses such as https://example.com/')
  .option('--since <moment>', 'only articles published since: 7d, 12h or 2026-01-31', parseSince)
  .option('--limit <number>', 'articles per site, newest first', wholeNumber(1))
  .option('--max-requests <number>', 'requests per site', wholeNumber(1))
  .option('--no-comments', 'articles only')
  .option('--refresh', 'look at everything, due or not', false)
  .option('--article <url>', 'take this page only (may be given many times)', collect, [])
  .option('--dry-run', 'fetch and show, store nothing', false)
  .option('--json', 'print the summary as one JSON object; logs go to standard error', false)
  .option('--allow-private-network', 'loopback and private addresses may be fetched', false)
  .option('--concurrency <number>', 'sites at once', wholeNumber(1), 4)
  .option('--queue', 'only queue the sites, for the workers (npm run worker)', false)
  .option(
    '--priority <number>',
    'with --queue: the higher, the sooner; what is scheduled has 0',
    wholeNumber(0, 9999),
    USUAL_PRIORITY,
  )
  .addHelpText('after', '\nExample:\n  npm run crawl -- https://example.com/ --limit 20')

await runJob(command, async (job) => {
  const flags = command.opts<CrawlFlags>()
  const known = await loadSites(job.settings.sitesFolder)
  const sites = chooseSites(known, command.args, flags.article)
  requireContact(job.settings, sites)
  if (flags.queue) {
    const { queueSites } = await import('./wiring/queue-sites.ts')
    return queueSites(job, flags, sites, known)
  }
  const work = async (database: OpenDatabase | null) => {
    // Its threads load the extractors while this one loads the crawlers, a second each.
    const { ExtractionPool } = await import('../src/crawlers/extract/extraction-pool.ts')
    const pool = new ExtractionPool()
    const { crawlSites } = await import('./wiring/crawl-sites.ts')
    return crawlSites(job, flags, sites, { database, pool })
  }
  return flags.dryRun ? work(null) : onDatabase(job.settings, work)
})

/** Single pages belong to the site of their host; several sites can't share them. */
function chooseSites(known: readonly Site[], named: readonly string[], articles: readonly string[]): Site[] {
  for (const url of articles) {
    if (!URL.canParse(url))
      throw new UsageError(`--article ${url} is not an address such as https://example.com/news/1`)
  }
  if (named.length > 0) {
    const sites = [
      ...new Map(named.map((name) => resolveSite(name, known)).map((site) => [site.id, site])).values(),
    ]
    if (articles.length > 0 && sites.length > 1) throw new UsageError('--article goes with one site only')
    return sites
  }
  const ofArticles = articles.map((url) => resolveSite(new URL('/', url).href, known))
  const distinct = [...new Map(ofArticles.map((site) => [site.id, site])).values()]
  if (distinct.length > 1)
    throw new UsageError('the pages of --article are of several sites; crawl them one by one')
  return distinct.length > 0 ? distinct : known.filter(({ enabled }) => enabled)
}

function collect(value: string, values: readonly string[]): string[] {
  return [...values, value]
}
