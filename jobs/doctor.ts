import { Command } from 'commander'
import { checkAll, type DoctorFlags } from './wiring/check-all.ts'
import { requireServer } from './wiring/require-server.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('doctor')
  .description('Checks settings, sites, database, browser and queue: a line each, with the remedy.')
  .option('--redrive', 'first put the sites back into the queue that were set aside', false)
  .addHelpText('after', '\nExample:\n  npm run doctor')

await runJob(command, async (job) => {
  const flags = command.opts<DoctorFlags>()
  if (flags.redrive) requireServer(job.settings)
  return checkAll(job, flags)
})
