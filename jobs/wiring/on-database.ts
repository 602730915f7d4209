import { type DatabaseSettings, type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { failpoint } from '../../src/failpoint.ts'

/**
 * Does a job's work on the configured database, and closes it however the work ends. The work should load what it
 * needs by itself (`import()`): a process that the embedded database turns away then learns it at once.
 */
export async function onDatabase(
  settings: DatabaseSettings,
  work: (database: OpenDatabase) => Promise<number>,
): Promise<number> {
  const database = await openDatabase(settings)
  failpoint('database-opened')
  try {
    return await work(database)
  } finally {
    failpoint('database-closing')
    await database.close()
  }
}
