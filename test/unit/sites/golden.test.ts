import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fixtureUrl, readFixture } from '../../../src/crawlers/extract/page-fixture.ts'
import { resolveSite } from '../../../src/sites/find-site.ts'
import { sites } from '../../../src/sites/index.ts'

const folder = new URL('../../fixtures/sites/', import.meta.url)
const stems = readdirSync(folder)
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.slice(0, -'.html'.length))

/** Pages that `npm run new-site` wrote, each read by the declaration of its site. */
describe('pages of sites', () => {
  it.each(stems)('%s is read as its expected result says', async (stem) => {
    const html = readFileSync(new URL(`${stem}.html`, folder), 'utf8')
    const expected: unknown = JSON.parse(readFileSync(new URL(`${stem}.json`, folder), 'utf8'))
    const site = resolveSite(new URL('/', fixtureUrl(html)).href, sites)
    expect(JSON.parse(JSON.stringify(await readFixture(html, site)))).toEqual(expected)
  })

  it('has a result beside each page', () => {
    const results = readdirSync(folder).filter((name) => name.endsWith('.json'))
    expect(results.toSorted()).toEqual(stems.map((stem) => `${stem}.json`).toSorted())
    expect(stems).toContain('loopback-gazette')
  })
})
