import { Command } from 'commander'
import type { EraseFlags } from './wiring/erase-data.ts'
import { onDatabase } from './wiring/on-database.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('erase')
  .description('Removes a person or a page everywhere, and keeps it away.')
  .option('--author <name>', 'a name as it is shown, or the key of a writer (author_key)')
  .option('--url <url>', 'the address of an article')
  .option('--site <id>', 'with --author: only on this site and its family (default: everywhere)')
  .option('--no-mentions', 'leave the name in what others wrote: for one that is a word of every day')
  .option('--dry-run', 'show what would be erased, and change nothing', false)
  .option('--json', 'print what was done as one JSON object', false)
  .addHelpText('after', '\nExample:\n  npm run erase -- --author "Ann Lee" --dry-run')

await runJob(command, async (job) => {
  const { checkErasure, eraseData } = await import('./wiring/erase-data.ts')
  const wanted = checkErasure(command.opts<EraseFlags>())
  return onDatabase(job.settings, (database) => eraseData(job, wanted, database))
})
