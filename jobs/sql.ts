import { Command } from 'commander'
import { onDatabase } from './wiring/on-database.ts'
import { runJob } from './wiring/run-job.ts'
import type { SqlFlags } from './wiring/run-sql.ts'

export const command = new Command('sql')
  .description('Read-only SQL on whichever database is configured.')
  .argument('<statement>', 'such as "select * from site_health"')
  .option('--csv', 'comma-separated values', false)
  .option('--json', 'one JSON object on each line', false)
  .addHelpText('after', '\nExample:\n  npm run sql -- "select * from site_health"')

await runJob(command, async ({ settings }) => {
  return onDatabase(settings, async (database) => {
    const { runSql } = await import('./wiring/run-sql.ts')
    return runSql(database, command.args[0] ?? '', command.opts<SqlFlags>())
  })
})
