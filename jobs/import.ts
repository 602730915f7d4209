import { access, constants, stat } from 'node:fs/promises'
import { Command } from 'commander'
import { UsageError } from '../src/settings.ts'
import { loadSites } from '../src/sites/find-site.ts'
import { fileFault } from './wiring/file-fault.ts'
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
  await requireFiles(command.args)
  const known = await loadSites(job.settings.sitesFolder)
  return onDatabase(job.settings, async (database) => {
    const { importWarcs } = await import('./wiring/import-warc.ts')
    return importWarcs(job, command.opts<ImportFlags>(), { files: command.args, known }, database)
  })
})

/** @throws UsageError that names every file which can't be read, before anything is taken from the others. */
async function requireFiles(files: readonly string[]): Promise<void> {
  const faults: string[] = []
  for (const file of files) {
    const fault = await access(file, constants.R_OK)
      .then(async () => ((await stat(file)).isDirectory() ? 'it is a folder' : null))
      .catch(fileFault)
    if (fault !== null) faults.push(`${file} can't be read: ${fault}`)
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}
