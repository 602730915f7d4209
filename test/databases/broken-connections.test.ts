import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, it, onTestFinished } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { newDatabase } from './new-database.ts'

const ROUNDS = 4
/** As many as the pool has connections, so that none may be lost. */
const AT_ONCE = 8

/** Transactions that go on when all have begun, and that is over which comes between. */
async function transact({ db }: OpenDatabase, between: () => Promise<unknown>): Promise<string[]> {
  let begun = 0
  let goOn: Promise<unknown> | null = null
  let tellAll: () => void = () => undefined
  const allBegun = new Promise<void>((resolve) => (tellAll = resolve))
  const work = Array.from({ length: AT_ONCE }, () =>
    db.transaction(async (transaction) => {
      await transaction.execute(sql`select 1`)
      if (++begun === AT_ONCE) tellAll()
      await allBegun
      await (goOn ??= between())
      await transaction.execute(sql`select 2`)
    }),
  )
  return (await Promise.allSettled(work)).map(({ status }) => status)
}

it('transactions whose connections all break fail, and those after them do not', async () => {
  const { settings, remove } = await newDatabase('server')
  const database = await openDatabase(settings)
  const admin = postgres(settings.databaseUrl ?? '', { max: 1 })
  onTestFinished(async () => {
    await database.close()
    await admin.end()
    await remove()
  })
  const breakAll = () =>
    admin`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
  const all = (status: string) => Array.from({ length: AT_ONCE }, () => status)
  for (let round = 0; round < ROUNDS; round += 1) {
    expect(await transact(database, breakAll)).toEqual(all('rejected'))
    expect(await transact(database, () => Promise.resolve())).toEqual(all('fulfilled'))
  }
})
