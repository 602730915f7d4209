import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { readCatalogue } from '../../src/db/catalogue.ts'
import { renderDictionary } from '../../src/report/data-dictionary.ts'
import { describeEachDatabase } from './each-database.ts'

const page = readFileSync(new URL('../../docs/data-dictionary.md', import.meta.url), 'utf8')

describeEachDatabase('docs/data-dictionary.md', (open) => {
  it('says what the database says of itself; if not: npm run dictionary', async () => {
    expect(renderDictionary(await readCatalogue(open().db))).toBe(page)
  })

  it('changes with a comment, and with a column', async () => {
    await open()
      .db.transaction(async (db) => {
        await db.execute(sql`comment on column sites.name is 'What it is called | here'`)
        await db.execute(sql`alter table hosts add column run_id bigint`)
        const changed = renderDictionary(await readCatalogue(db))
        expect(changed).toContain('What it is called \\| here')
        expect(changed).toContain('runs |o--o{ hosts : run_id')
        throw new Error('undone')
      })
      .catch((error: unknown) => expect(String(error)).toContain('undone'))
  })

  it('holds a comment on every function of ours', async () => {
    const { functions } = await readCatalogue(open().db)
    expect(functions.map(({ name }) => name)).toContain('search_articles')
    expect(functions.filter(({ comment }) => comment === '')).toEqual([])
  })
})
