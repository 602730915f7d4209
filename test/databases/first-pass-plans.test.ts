import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf, type TestStore } from './page-to-save.ts'
import { watchQueries } from './query-plan.ts'

/** No statistics tell of a database that is filled for the first time how large its tables have become meanwhile. */
describeEachDatabase('the statement that stores a new page', (open) => {
  const site = 'first-pass'
  let save: TestStore['save']
  let stored = 0

  beforeAll(async () => {
    ;({ save } = await storeOf(open(), { id: site }))
  })

  async function storeCaptures(upTo: number): Promise<void> {
    const at = sql`${later(-1).toISOString()}::timestamptz`
    const numbers = sql`generate_series(${stored}::int, ${upTo - 1}::int) as n`
    await open().db.execute(
      sql`insert into capture_bodies (site_id, body_key, body) select ${site}, n, '' from ${numbers}`,
    )
    await open().db.execute(sql`
      insert into capture_records (site_id, url, url_hash, kind, fetched_at, status, headers, body_hash, body_key, expires_at)
      select ${site}, n, md5(n::text), 'article', ${at}, 200, '{}', n, n, ${at} from ${numbers}`)
    stored = upTo
  }

  it.each([0, 20, 100, 500, 3000])('finds by index what is held, after %i others', async (others) => {
    await storeCaptures(others)
    const canonicalUrl = `https://gazette.example/news/${others}`
    const queries = await watchQueries(open(), () =>
      save({ article: { canonicalUrl, nativeId: `${others}` }, comments: [commentWith({ nativeId: '1' })] }),
    )
    const stores = queries.filter(({ query }) => query.includes('insert into capture_records'))
    expect(stores).toHaveLength(1)
    expect(stores[0]?.readWhole).toEqual([])
    expect(stores[0]?.indexes).toEqual(expect.arrayContaining(['captures_url_hash_idx']))
    expect(stores[0]?.rowsRead).toBeLessThan(10)
  })
})
