import { describe, expect, it } from 'vitest'
import { extract, type RawAnswer } from '../../../src/crawlers/extract/extraction.ts'
import { annotatedPage } from '../../../src/report/annotated-page.ts'
import { inspectionOf } from '../../../src/report/inspection.ts'
import { defineSite } from '../../../src/sites/site.ts'
import { articlePage } from '../../jobs/small-paper.ts'

const url = 'https://gazette.example/2026/03/bridge/'

async function annotated(html: string): Promise<string> {
  const site = defineSite({ id: 'gazette', name: 'Gazette', url: 'https://gazette.example/' })
  const answer: RawAnswer = {
    url,
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: new TextEncoder().encode(html),
    fetchedAt: new Date('2026-03-02T00:00:00Z'),
  }
  const extracted = await extract({ kind: 'article', answer, site, zoneHint: null, withRunnersUp: true })
  if (extracted === null || !('article' in extracted)) throw new Error('no article')
  return annotatedPage(html, inspectionOf(extracted))
}

const bridge = { url, title: 'Bridge reopens', post: 7, comments: ['first', 'second'] }

describe('an annotated page', () => {
  it('marks the title, each paragraph and each comment, and tells the rules', async () => {
    const page = await annotated(articlePage(bridge))
    expect(page).toMatch(/<h1 class="entry-title" data-taken="title \([\w-]+\)">Bridge reopens<\/h1>/)
    expect(page.match(/<p data-taken="body \([\w-]+\)">/g)).toHaveLength(4)
    expect(page).toContain('data-taken="comment #700001 · Reader 1 · 2026-03-01T09:00:00.000Z · top"')
    expect(page.match(/data-taken="comment #/g)).toHaveLength(2)
    expect(page).toContain('<td>publishedAt</td>')
    expect(page).toContain('wordpress 7: 2 comments on this page, 2 of them marked, 2 reported.')
  })

  it('marks a text that only line breaks part as a whole', async () => {
    const page = await annotated(articlePage(bridge).replaceAll('</p><p>', '<br><br>'))
    expect(page.match(/<[^<>]* data-taken="body \([\w-]+\)">/g)).toHaveLength(1)
  })

  it('says which fields are not among the words of the page', async () => {
    const page = await annotated(articlePage(bridge))
    expect(page).toMatch(
      /<td>authors<\/td><td>metadata<\/td><td>Ada Quill<\/td><td>not among the words of the page<\/td>/,
    )
  })

  it('runs nothing and asks nobody for anything', async () => {
    const hostile = `<script>steal()</script><img src=x onerror="steal()"><iframe src="//e.example"></iframe>
      <a href="javascript:steal()" onclick="steal()">x</a><base href="//e.example"><svg onload="steal()"><script>steal()</script></svg>
      <noscript><p title="</noscript><script>steal()</script>"></noscript><xmp><script>steal()</script></xmp>
      <form action="//e.example"><input autofocus onfocus="steal()"></form><meta http-equiv="refresh" content="0;//e.example">
      <link rel="stylesheet" href="//e.example/a.css"><style>@import "//e.example"</style><p style="background:url(//e.example)">y</p>`
    const page = await annotated(articlePage({ ...bridge, below: hostile }))
    expect(page).not.toMatch(
      /<script|<iframe|<svg|<base|<link|<img|<input|<xmp|onerror|onclick|onload=|\/\/e\.example|javascript:/i,
    )
    expect(page).toContain(
      `http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'`,
    )
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<body>'))
  })

  it('escapes what a title, a comment and a name say', async () => {
    const words = '&lt;script&gt;steal()&lt;/script&gt;"&gt;&lt;img src=x onerror=steal()&gt;'
    const page = await annotated(articlePage({ ...bridge, title: words, comments: [words] }))
    expect(page).not.toMatch(/<script|<img/)
    expect(page).toContain('&lt;script&gt;steal()&lt;/script&gt;')
    expect(page.match(/<title>/g)).toHaveLength(1)
  })
})
