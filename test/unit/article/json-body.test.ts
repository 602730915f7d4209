import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const sentence = 'The harbour office said that the ferry would sail again in spring, as it did before.'
const paragraphs = Array.from({ length: 30 }, (_, index) => `${index + 1}. ${sentence}`)
const description =
  'After four years on land the old ferry goes back on the water this spring, says the harbour.'

interface Given {
  readonly articleBody: string
  readonly markup?: string
  readonly state?: readonly string[]
  readonly isWalled?: boolean
}

function bodyOf({ articleBody, markup = '', state, isWalled = false }: Given) {
  const linked = { '@type': 'NewsArticle', headline: 'Ferry sails again', articleBody, description }
  const data = JSON.stringify(isWalled ? { ...linked, isAccessibleForFree: false } : linked)
  const script =
    state === undefined ? '' : `<script>window.__STATE__ = ${JSON.stringify({ page: { state } })}</script>`
  const html = `<html lang="en"><head><title>Ferry sails again</title><meta name="description" content="${description}">
    <script type="application/ld+json">${data.replaceAll('<', String.raw`\u003c`)}</script></head>
    <body><h1>Ferry sails again</h1>${markup}${script}</body></html>`
  const site = {
    layouts: [],
    language: 'en',
    timezone: 'UTC',
    articlePath: null,
    url: 'https://coast.example/',
  }
  const page = parsePage(html, 'https://coast.example/a/ferry', new Date('2024-03-12'))
  const { bodyText, rules } = extractArticle(page, site)
  return { lines: bodyText.split('\n\n'), rule: rules.body }
}

describe('a body that only the JSON-LD has', () => {
  it('is taken where the markup holds none', () => {
    expect(bodyOf({ articleBody: paragraphs.join('\n') })).toEqual({ lines: paragraphs, rule: 'json-ld' })
  })

  it('is read as text where it is markup', () => {
    const articleBody = `${paragraphs.map((line) => `<p>${line.replace('harbour', '<b>harbour</b>')}</p>`).join('')}<script>track()</script>`
    expect(bodyOf({ articleBody })).toEqual({ lines: paragraphs, rule: 'json-ld' })
  })

  it('is read as text where its markup is escaped once more', () => {
    const articleBody = paragraphs.map((line) => `&lt;p&gt;${line}&lt;/p&gt;`).join('')
    expect(bodyOf({ articleBody })).toEqual({ lines: paragraphs, rule: 'json-ld' })
  })

  it('goes on behind a wall where the markup stops', () => {
    const markup = paragraphs
      .slice(0, 4)
      .map((line) => `<p>${line}</p>`)
      .join('')
    const articleBody = paragraphs.join('\n')
    expect(bodyOf({ articleBody, markup, isWalled: true })).toEqual({ lines: paragraphs, rule: 'json-ld' })
    expect(bodyOf({ articleBody, markup }).rule).toBe('heuristic')
    const other = paragraphs.toReversed().join('\n')
    expect(bodyOf({ articleBody: other, markup, isWalled: true }).rule).toBe('heuristic')
  })

  it.each([
    ['cut off', `${paragraphs.slice(0, 3).join(' ')} …`],
    ['cut off before a link', `${paragraphs.slice(0, 3).join(' ')}... [Read more]`],
    ['only what the description says', description],
  ])('is passed over where it is %s, for the state that a framework keeps', (_what, articleBody) => {
    expect(bodyOf({ articleBody, state: paragraphs })).toEqual({ lines: paragraphs, rule: 'state' })
    expect(bodyOf({ articleBody }).lines).not.toContain(articleBody)
  })
})
