import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const folder = new URL('../../fixtures/articles/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replace(/\.html$/, ''))

/** The first line of a fixture is a comment of `name: value` pairs: url, fetched, timezone, articlePath. */
function settingsOf(html: string): Readonly<Record<string, string>> {
  const [line = ''] = html.split('\n', 1)
  return Object.fromEntries([...line.matchAll(/(\w+): (\S+)/g)].map(([, name, value]) => [name, value]))
}

function extractFixture(name: string): unknown {
  const html = readFileSync(new URL(`${name}.html`, folder), 'utf8')
  const { url = '', fetched = '', timezone = 'UTC', articlePath = null } = settingsOf(html)
  const page = parsePage(html, url, new Date(fetched))
  const article = extractArticle(page, {
    layouts: [],
    language: null,
    timezone,
    articlePath,
    url: new URL('/', url).href,
  })
  return JSON.parse(JSON.stringify(article))
}

describe('article fixtures', () => {
  it.each(names)('%s is read as its expected result says', (name) => {
    const expected: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
    expect(extractFixture(name)).toEqual(expected)
  })

  it('has a result beside each page', () => {
    const results = readdirSync(folder).filter((file) => file.endsWith('.json'))
    expect(results.toSorted()).toEqual(names.map((name) => `${name}.json`).toSorted())
  })
})
