import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { countDueThreads, readDueThreads } from '../../src/db/reading/due-work.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'

describeEachDatabase('the work that is due', (open) => {
  it('counts no thread that no pass comes to: of a gone article, or of a site that is not crawled', async () => {
    const { db } = open()
    for (const [id, titles] of [
      ['gazette', ['live', 'gone']],
      ['paused', ['of a paused site']],
    ] as const) {
      const { save } = await storeOf(open(), { id })
      for (const title of titles) {
        const canonicalUrl = `https://gazette.example/news/${id}/${title.replaceAll(' ', '-')}`
        await save({ article: { canonicalUrl, title }, comments: [commentWith({ nativeId: '1' })] })
      }
    }
    await db.execute(sql`update threads set next_check_at = ${later(0).toISOString()}::timestamptz`)
    await db.execute(sql`update articles set gone_at = now() where title = 'gone'`)
    await db.execute(sql`update sites set enabled = false where id = 'paused'`)
    expect(await countDueThreads(db, later(1))).toEqual({ overdue: 1, withinHour: 0, withinDay: 0 })
    expect(await countDueThreads(db, later(-0.5))).toEqual({ overdue: 0, withinHour: 1, withinDay: 0 })
    expect(await countDueThreads(db, later(-5))).toEqual({ overdue: 0, withinHour: 0, withinDay: 1 })
    expect(await readDueThreads(db, null, 10)).toMatchObject([{ title: 'live', siteId: 'gazette' }])
  })
})
