import { findChromium } from '../../src/crawlers/browser/find-chromium.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { readArticlesWithComments } from '../../src/db/held-articles.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { forgetSite } from '../../src/db/sites.ts'
import { compareWithLedger } from '../../src/demo/compare.ts'
import { type ChangeReport, type Newsroom, openNewsroom } from '../../src/demo/newsroom.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { demoSite } from './demo-site.ts'
import { siteReport, watchRun } from './report.ts'
import { exit, type Job } from './run-job.ts'
import { runSites } from './run-sites.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

const browserless = ['dle', 'dle-flat', 'wordpress', 'isso']

const nextCommands = `
Try next:
  npm run sql -- "select site_id, articles, threads, complete_threads, state from site_health"
  npm run sql -- "select repeat('  ', depth) || author_name as who, body_text from comment_tree where article_id = (select article_id from threads order by collected_count desc limit 1) order by path"
  npm run sql -- "select author_name, revision, body_text from comment_history where revision > 1 or not is_current"
  npm run crawl -- https://example.com/ --limit 5      (after setting COMMENTARIAT_CONTACT)`

/** Crawls a newsroom that opens on this machine, lets it move on, and compares. @returns the exit code. */
export async function showDemo(job: Job, database: OpenDatabase): Promise<number> {
  await requireSchema(database)
  const hasBrowser = (await findChromium(job.settings.chromiumPath)) !== null
  const newsroom = await openNewsroom({
    now: new Date(),
    articlesPerSite: 8,
    ...(hasBrowser ? {} : { sites: browserless }),
  })
  try {
    say(`A newsroom of ${newsroom.sites.length} small sites has opened on this machine:`)
    for (const { name, url, platform } of newsroom.sites) say(`  ${url}  ${name} (${platform})`)
    if (!hasBrowser)
      say('  and one more that needs a browser; to see it too: npx playwright install chromium')
    for (const { id } of newsroom.sites) await forgetSite(database.db, demoSite.idOf(id))

    const crawls: boolean[] = []
    for (const announce of acts(newsroom)) {
      say(`\n${announce()}`)
      crawls.push(await crawlAll(job, database, newsroom))
      if (job.signal.aborted) return sayInterrupted()
    }
    const isTrue = await compare(database, newsroom)
    say(nextCommands)
    return crawls.every(Boolean) && isTrue ? exit.done : exit.failed
  } finally {
    await newsroom.close()
  }
}

/** What happens before each crawl, in words; the newsroom moves on before the third. */
const acts = (newsroom: Newsroom): readonly (() => string)[] => [
  () => 'First crawl: everything is new.',
  () => 'Second crawl: nothing has happened since.',
  () =>
    `The newsroom moves on: ${changesOf(newsroom.change(new Date()))}.\n\nThird crawl: only that is written. What is no longer shown counts as removed when the next crawl misses it too.`,
]

/** Each demo begins with a newsroom of its own. */
function sayInterrupted(): number {
  say('\nInterrupted. The next demo begins anew; a crawl of a real site goes on where it was stopped.')
  return exit.failed
}

/** @returns whether all went well. */
async function crawlAll(
  { settings, signal }: Job,
  database: OpenDatabase,
  newsroom: Newsroom,
): Promise<boolean> {
  const watcher = watchRun({ ...settings, logLevel: 'silent' })
  const results = await runSites({
    settings,
    sites: newsroom.sites.map(demoSite),
    job: 'demo',
    pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] },
    allowPrivateNetwork: true,
    concurrency: newsroom.sites.length,
    signal,
    onEvent: watcher.onEvent,
    database,
  })
  watcher.end()
  say(renderSummary(results.map(siteReport), watcher.failures).trimEnd())
  return results.every(({ outcome }) => outcome === 'done')
}

function changesOf({ total }: ChangeReport): string {
  return Object.entries(total)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}`)
    .join(', ')
}

/** The newsroom knows what it published, so that what is held can be checked to the word. */
async function compare(database: OpenDatabase, newsroom: Newsroom): Promise<boolean> {
  const ids = newsroom.sites.map(({ id }) => demoSite.idOf(id))
  const held = await readArticlesWithComments(database.db, ids)
  const { articles, comments, differences } = compareWithLedger(newsroom.ledger(), held)
  const verdict = differences.length === 0 ? 'all held to the word' : `${differences.length} differences`
  say(`\nCompared with what the newsroom published: ${articles} articles, ${comments} comments, ${verdict}.`)
  for (const difference of differences.slice(0, 60)) say(`  ${difference}`)
  return differences.length === 0
}
