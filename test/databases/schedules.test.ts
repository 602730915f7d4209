import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { loadSlot, saveSlot } from '../../src/db/schedules.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

describeEachDatabase('schedules', (open) => {
  it('keep the next slot of a site, and when the last pass ended', async () => {
    await storeOf(open(), { id: 'slots' })
    const { db } = open()
    expect(await loadSlot(db, 'slots')).toBeNull()
    const slot = {
      siteId: 'slots',
      expression: '0 * * * * UTC',
      nextRunAt: new Date('2026-03-01T11:00:00Z'),
      unwellPasses: 3,
    }
    await saveSlot(db, slot, new Date('2026-03-01T10:02:00Z'))
    await saveSlot(db, { ...slot, expression: '30 * * * * UTC' }, null)
    expect(await loadSlot(db, 'slots')).toEqual({ ...slot, expression: '30 * * * * UTC' })
    const [row] = await rowsOf(open(), sql`select last_run_at from schedules where site_id = 'slots'`)
    expect(row).toEqual({ last_run_at: '2026-03-01 10:02:00+00' })
  })
})

describeEachDatabase('the pace of a thread', (open) => {
  const threadOf = async (site: string) => {
    const [row] = await rowsOf(
      open(),
      sql`select t.pace, t.next_check_at - t.checked_at < interval '1 hour' as soon
        from threads t join articles a on a.id = t.article_id where a.site_id = ${site}`,
    )
    return row
  }

  it('counts each comment once, stays as it was in a quiet pass, and brings the next check nearer', async () => {
    const { save } = await storeOf(open(), { id: 'pace' })
    await save({ comments: [commentWith({ nativeId: '1' })] })
    expect(await threadOf('pace')).toMatchObject({ pace: { count: 1 } })
    const burst = Array.from({ length: 30 }, (_, index) =>
      commentWith({ nativeId: String(index + 1), publishedAt: later(2 - index / 60) }),
    )
    await save({ at: later(2), comments: burst })
    const busy = await threadOf('pace')
    expect(busy).toMatchObject({ pace: { count: 30 }, soon: true })
    await save({ at: later(1000), comments: burst })
    expect(await threadOf('pace')).toEqual({ pace: busy?.['pace'], soon: false })
  })
})
