import { afterAll, beforeAll, describe } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import { type DatabaseKind, type NewDatabase, newDatabase } from './new-database.ts'

/**
 * Runs a suite on the embedded database and on a server, each fresh, migrated, and shared by the tests
 * of the suite; `open` gives it to them.
 */
export function describeEachDatabase(
  name: string,
  suite: (open: () => OpenDatabase, kind: DatabaseKind) => void,
): void {
  describe.each<DatabaseKind>(['embedded', 'server'])(`${name} (%s database)`, (kind) => {
    let made: NewDatabase | null = null
    let database: OpenDatabase | null = null
    beforeAll(async () => {
      made = await newDatabase(kind)
      database = await made.open()
    })
    afterAll(() => made?.remove())
    suite(() => {
      if (database === null) throw new Error('the database is open only while tests run')
      return database
    }, kind)
  })
}
