import { expect, it } from 'vitest'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, storeOf } from './page-to-save.ts'
import { watchQueries } from './query-plan.ts'

/** No statistics tell of a database that is filled for the first time how large its tables have become meanwhile. */
describeEachDatabase('the statement that stores a new page', (open) => {
  it('reads no table from end to end, though all seem small', async () => {
    const { save } = await storeOf(open(), { id: 'first-pass' })
    const queries = await watchQueries(open(), () => save({ comments: [commentWith({ nativeId: '1' })] }))
    const stores = queries.filter(({ query }) => query.includes('insert into capture_records'))
    expect(stores).toHaveLength(1)
    expect(stores[0]?.readWhole).toEqual([])
  })
})
