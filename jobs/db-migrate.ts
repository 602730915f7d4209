import { openDatabase } from '../src/db/client.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { exit, runJob } from './wiring/run-job.ts'

await runJob(async ({ settings }) => {
  const database = await openDatabase(settings)
  try {
    const { applied } = await migrateDatabase(database)
    const what = applied.length === 0 ? 'is up to date' : `has had ${applied.join(', ')}`
    process.stdout.write(`The database ${database.name} ${what}.\n`)
    return exit.done
  } finally {
    await database.close()
  }
})
