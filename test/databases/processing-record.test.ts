import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readCatalogue } from '../../src/db/catalogue.ts'
import { renderProcessingRecord } from '../../src/report/processing-record.ts'
import { describeEachDatabase } from './each-database.ts'

describeEachDatabase('the record of processing', (open) => {
  it('is what docs/record-of-processing.md says (npm run record-of-processing > docs/record-of-processing.md)', async () => {
    const written = readFileSync(new URL('../../docs/record-of-processing.md', import.meta.url), 'utf8')
    expect(renderProcessingRecord(await readCatalogue(open().db))).toBe(written)
  })

  it('does not pass over a table that nobody has classed', async () => {
    const { relations } = await readCatalogue(open().db)
    const email = { name: 'email', type: 'text', nullable: true, comment: 'Mailbox' }
    const readers = {
      name: 'readers',
      kind: 'table',
      comment: '',
      columns: [email],
      keys: [],
      indexes: [],
    } as const
    const further = { relations: [...relations, readers] }
    expect(() => renderProcessingRecord(further)).toThrow(/what readers hold of people/)
    const fewer = {
      relations: relations.map((relation) => ({
        ...relation,
        columns: relation.columns.filter(({ name }) => name !== 'author_name'),
      })),
    }
    expect(() => renderProcessingRecord(fewer)).toThrow(/comments.author_name, which is not there/)
  })
})
