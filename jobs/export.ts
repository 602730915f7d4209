import { Command, Option } from 'commander'
import { exportFormats } from '../src/exports/formats.ts'
import type { ExportFlags } from './wiring/export-data.ts'
import { onDatabase } from './wiring/on-database.ts'
import { parseSince } from './wiring/parse-since.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('export')
  .description('Writes what is held into a file, as it stood at one moment, with a manifest beside it.')
  .argument('<what>', 'articles, comments, threads, revisions, captures, or author')
  .argument('[name]', 'after author: whose data, by name or key')
  .addOption(
    new Option('--format <format>', 'WARC holds captures only (default: as the file is named)').choices(
      exportFormats,
    ),
  )
  .requiredOption('--out <file>', 'a file; for Parquet a folder, unless it ends in .parquet')
  .option('--site <id...>', 'only these sites')
  .option('--since <moment>', 'only what was published since: 7d, 12h or 2026-01-31', parseSince)
  .option('--force', 'replace what is there', false)
  .option('--json', 'print the manifest as one JSON object, without its parts', false)
  .addHelpText('after', '\nExample:\n  npm run export -- comments --out comments.csv')

await runJob(command, async (job) => {
  const { checkExport, exportData } = await import('./wiring/export-data.ts')
  const [what = '', name] = command.args
  const wanted = checkExport(what, name, command.opts<ExportFlags>())
  return onDatabase(job.settings, (database) => exportData(job, wanted, database))
})
