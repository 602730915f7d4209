import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import type { Ballot } from '../../../src/extractors/article/fields/answers.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { inspectionOf } from '../../../src/report/inspection.ts'
import { renderInspection } from '../../../src/report/render-inspection.ts'

const text = 'The harbour office said that the ferry would sail again in spring, as it did before. '
const html = `<html lang="en"><head><title>Ferry sails again</title>
  <meta property="og:title" content="Ferry sails again | The Coast"><meta property="og:site_name" content="The Coast">
  <meta name="author" content="The Coast"><meta property="article:published_time" content="2024-02-20T06:00:00Z">
  <script type="application/ld+json">{"@type":"Article","headline":"All about the ferry","datePublished":"2024-02-21T06:00:00Z",
  "articleBody":"A text that another editor made."}</script></head>
  <body><h1>Ferry sails again</h1><p class="author">Ann Lee</p><p>May 3, 2023</p><p>${text.repeat(5)}</p></body></html>`

const site = {
  layouts: [],
  language: 'en',
  timezone: 'UTC',
  articlePath: null,
  url: 'https://coast.example/',
}

function inspect(ballot: Ballot | null) {
  const page = parsePage(html, 'https://coast.example/a/ferry', new Date('2024-03-12'))
  return inspectionOf({
    article: extractArticle(page, site, ballot),
    gate: null,
    ballot,
    parts: null,
    thread: null,
  })
}

describe('an inspection', () => {
  const inspection = inspect(new Map())

  it('tells of each field the rule that won and what the others answer', () => {
    const { title, authors, publishedAt, body, section } = inspection.fields
    expect(title).toEqual({
      value: 'Ferry sails again',
      rule: 'metadata',
      runnersUp: [
        { rule: 'heuristic', value: 'Ferry sails again' },
        { rule: 'json-ld', value: 'All about the ferry' },
      ],
    })
    expect(authors).toEqual({
      value: ['Ann Lee'],
      rule: 'heuristic',
      runnersUp: [{ rule: 'metadata', value: ['The Coast'] }],
    })
    expect([publishedAt?.rule, publishedAt?.runnersUp.map(({ rule }) => rule)]).toEqual([
      'heuristic',
      ['json-ld', 'metadata'],
    ])
    expect([body?.rule, body?.runnersUp]).toEqual([
      'heuristic',
      [{ rule: 'json-ld', value: 'A text that another editor made.' }],
    ])
    expect(section).toEqual({ value: null, rule: 'none', runnersUp: [] })
  })

  it('chooses as a crawl does, which asks no further than the first answer', () => {
    const crawled = inspect(null)
    for (const [field, { value, rule }] of Object.entries(inspection.fields)) {
      expect(crawled.fields[field]).toEqual({ value, rule, runnersUp: [] })
    }
  })

  it('is readable on a terminal of a hundred columns', () => {
    const lines = renderInspection(inspection).split('\n')
    expect(lines.filter((line) => line.length > 100)).toEqual([])
    expect(lines.slice(2, 5)).toEqual([
      'title        metadata     Ferry sails again',
      '             · heuristic  the same',
      '             · json-ld    All about the ferry',
    ])
    expect(lines).toContain('publishedAt  heuristic    2023-05-03T00:00:00.000Z')
    expect(lines).toContain('             · json-ld    2024-02-21T06:00:00.000Z')
  })
})
