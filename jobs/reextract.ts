import { Command } from 'commander'
import { loadSites } from '../src/sites/find-site.ts'
import { onDatabase } from './wiring/on-database.ts'
import { parseSince } from './wiring/parse-since.ts'
import type { ReextractFlags } from './wiring/reextract-sites.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('reextract')
  .description(
    "Reads stored pages again with today's extractors, without the network, and writes what differs.",
  )
  .argument('[site...]', 'ids or addresses of sites (default: every site of which pages are stored)')
  .option('--since <moment>', 'only pages stored since: 7d, 12h or 2026-01-31', parseSince)
  .option('--json', 'print the summary as one JSON object; logs go to standard error', false)
  .addHelpText('after', '\nExample:\n  npm run reextract -- topcor --since 30d')

await runJob(command, async (job) => {
  const known = await loadSites(job.settings.sitesFolder)
  return onDatabase(job.settings, async (database) => {
    const { reextractSites } = await import('./wiring/reextract-sites.ts')
    return reextractSites(job, command.opts<ReextractFlags>(), { named: command.args, known }, database)
  })
})
