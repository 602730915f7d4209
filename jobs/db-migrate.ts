import { Command } from 'commander'
import { onDatabase } from './wiring/on-database.ts'
import { exit, runJob } from './wiring/run-job.ts'

export const command = new Command('db-migrate')
  .description('Brings the schema of whichever database is configured up to date.')
  .addHelpText('after', '\nExample:\n  npm run db:migrate')

await runJob(command, ({ settings }) =>
  onDatabase(settings, async (database) => {
    const { migrateDatabase } = await import('../src/db/migrate.ts')
    const { applied } = await migrateDatabase(database)
    const what = applied.length === 0 ? 'is up to date' : `has had ${applied.join(', ')}`
    process.stdout.write(`The database ${database.name} ${what}.\n`)
    return exit.done
  }),
)
