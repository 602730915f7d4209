import { Command } from 'commander'
import { loadSites } from '../src/sites/find-site.ts'
import type { ImportFlags } from './wiring/import-warc.ts'
import { onDatabase } from './wiring/on-database.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('import')
  .description(
    'Takes pages from WARC files through the extractors, as of the time of their capture, without the network.',
  )
  .argument('<file...>', 'WARC files, plain or as gzip')
  .option(
    '--site <id...>',
    'only pages of these sites (default: every page; a host that is not known becomes a site)',
  )
  .option('--json', 'print the summary as one JSON object; logs go to standard error', false)
  .addHelpText('after', '\nExample:\n  npm run import -- news.warc.gz')

await runJob(command, async (job) => {
  const known = await loadSites(job.settings.sitesFolder)
  return onDatabase(job.settings, async (database) => {
    const { importWarcs } = await import('./wiring/import-warc.ts')
    return importWarcs(job, command.opts<ImportFlags>(), { files: command.args, known }, database)
  })
})
