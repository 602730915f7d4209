import { Command } from 'commander'
import { onDatabase } from './wiring/on-database.ts'
import { runJob } from './wiring/run-job.ts'

export const command = new Command('demo')
  .description(
    'Crawls a small newsroom on this machine, lets it move on, and compares what is held with what it published.',
  )
  .addHelpText('after', '\nExample:\n  npm run demo')

await runJob(command, (job) =>
  // The demo shows itself on the embedded database, whatever server is configured.
  onDatabase({ ...job.settings, databaseUrl: null }, async (database) => {
    const { showDemo } = await import('./wiring/show-demo.ts')
    return showDemo(job, database)
  }),
)
