import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readGolden } from './golden-page.ts'

const folder = new URL('../../fixtures/comments/', import.meta.url)
const stems = readdirSync(folder)
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.slice(0, -'.html'.length))

describe('comment pages', () => {
  it.each(stems)('%s', (stem) => {
    const html = readFileSync(new URL(`${stem}.html`, folder), 'utf8')
    const expected: unknown = JSON.parse(readFileSync(new URL(`${stem}.json`, folder), 'utf8'))
    expect(JSON.parse(JSON.stringify(readGolden(html)))).toEqual(expected)
  })

  it('has an expected result for every page, and no other', () => {
    const results = readdirSync(folder).filter((name) => name.endsWith('.json'))
    expect(results.toSorted()).toEqual(stems.map((stem) => `${stem}.json`).toSorted())
    expect(stems.length).toBeGreaterThanOrEqual(18)
  })
})
