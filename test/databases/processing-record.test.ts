import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readDescriptions } from '../../src/db/descriptions.ts'
import { renderProcessingRecord } from '../../src/report/processing-record.ts'
import { describeEachDatabase } from './each-database.ts'

describeEachDatabase('the record of processing', (open) => {
  it('is what docs/record-of-processing.md says (npm run record-of-processing > docs/record-of-processing.md)', async () => {
    const written = readFileSync(new URL('../../docs/record-of-processing.md', import.meta.url), 'utf8')
    expect(renderProcessingRecord(await readDescriptions(open().db))).toBe(written)
  })

  it('does not pass over a table that nobody has classed', async () => {
    const described = await readDescriptions(open().db)
    const further = { table: 'readers', column: 'email', description: 'Mailbox' }
    expect(() => renderProcessingRecord([...described, further])).toThrow(/what readers hold of people/)
    const fewer = described.filter(({ column }) => column !== 'author_name')
    expect(() => renderProcessingRecord(fewer)).toThrow(/comments.author_name, which is not there/)
  })
})
