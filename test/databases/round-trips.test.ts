import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { describeEachDatabase } from './each-database.ts'
import { newDatabase } from './new-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { statementsOf } from './statements-of.ts'

/** How often a statement has run as a prepared one, within one session. */
async function preparedRuns({ db }: OpenDatabase): Promise<number> {
  return db.transaction(async (session) => {
    for (let run = 0; run < 3; run++) await session.execute(sql`select ${run}::int as probe`)
    const [row] = await session.execute<{ runs: number }>(sql`
      select coalesce(sum(generic_plans + custom_plans), 0)::int as runs
      from pg_prepared_statements where statement like '%as probe'`)
    return row?.runs ?? 0
  })
}

describeEachDatabase('the database is asked', (open) => {
  it('once for a new page with its thread', async () => {
    const { store, save } = await storeOf(open(), { id: 'new-page' })
    const comments = [commentWith({ nativeId: '1' }), commentWith({ nativeId: '2', parentNativeId: '1' })]
    const visit = { comments, askedUrl: 'https://gazette.example/amp/bridge', capture: { before: null } }
    const statements = await statementsOf(open(), () => save(visit))
    // The first is the test's own, which asks what is held of the page.
    expect(statements.slice(1).map((statement) => statement.split(/\s/)[0])).toEqual(['with'])
    expect(await store.duePages(later(1), 10)).toEqual(['https://gazette.example/news/bridge'])
  })

  it('by statements that are prepared once', async () => {
    expect(await preparedRuns(open())).toBe(3)
  })

  it('by as many different statements for thirty pages as for five', async () => {
    const { save } = await storeOf(open(), { id: 'many' })
    const visit = (page: number, hour: number) => {
      const bodyText = `page ${page} at ${hour}`
      const canonicalUrl = `https://gazette.example/news/${page}`
      const comments = [commentWith({ nativeId: '1', bodyText })]
      return save({ at: later(hour), article: { canonicalUrl, bodyText }, comments, html: bodyText })
    }
    const visits = (pages: number) =>
      statementsOf(open(), async () => {
        for (const hour of [0, 1, 1, 2]) for (let page = 0; page < pages; page++) await visit(page, hour)
      })
    const few = new Set(await visits(5))
    const many = new Set(await visits(30))
    expect(many.size).toBeLessThanOrEqual(few.size)
  })
})

it('statements are not prepared where DATABASE_URL says so', async () => {
  const made = await newDatabase('server')
  const database = await openDatabase({
    ...made.settings,
    databaseUrl: `${made.settings.databaseUrl}?prepare=false`,
  })
  onTestFinished(async () => {
    await database.close()
    await made.remove()
  })
  expect(await preparedRuns(database)).toBe(0)
})
