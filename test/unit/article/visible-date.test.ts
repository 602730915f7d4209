import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/extractors/article/article.ts'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const text = `<p>${'The harbour office said that the ferry would sail again in spring, as it did before. '.repeat(4)}</p>`

function read(body: string, head = '', url = 'https://coast.example/a/ferry'): Article {
  const html = `<html lang="en"><head><title>Ferry sails again</title>${head}</head><body>${body}</body></html>`
  const page = parsePage(html, url, new Date('2024-03-12T09:00:00Z'))
  const site = {
    layouts: [],
    language: 'en',
    timezone: 'UTC',
    articlePath: null,
    url: 'https://coast.example/',
  }
  return extractArticle(page, site)
}
const published = (body: string, head = '', url?: string): string | undefined =>
  read(body, head, url).publishedAt?.toISOString().slice(0, 16)

describe('visible dates', () => {
  it.each([
    ['a line before the headline', `<p>3 May 2023 · 8 min read</p><h1>Ferry sails again</h1>${text}`],
    [
      'an element beside the author',
      `<h1>Ferry sails again</h1><p><b>Ann Lee</b> <i>May 3, 2023</i></p>${text}`,
    ],
    [
      'what is published before what is updated',
      `<h1>Ferry sails again</h1><p>Updated May 9, 2023</p><p>Published May 3, 2023</p>${text}`,
    ],
    [
      'a labelled line under the text',
      `<h1>Ferry sails again</h1>${text.repeat(3)}<p>Posted by Ann Lee on May 3, 2023</p>`,
    ],
    [
      'a box of facts far below',
      `<h1>Ferry sails again</h1>${'<p>The ferry sails.</p>'.repeat(80)}<ul><li><b>Datum</b> 3.5.2023</li></ul>`,
    ],
    [
      'a box of the article, not one of others',
      `<div class="side-bar"><time datetime="2024-02-02">2 Feb</time></div><h1>Ferry sails again</h1>${text}<div class="related"><span class="date">2 Feb 2024</span></div><p class="date">3.5.2023</p>`,
    ],
  ])('are read from %s', (_what, body) => {
    expect(published(body)).toBe('2023-05-03T00:00')
  })

  it('are not taken from captions, copyrights, clocks and reading times', () => {
    const body = `<div class="todays-date">Tuesday, March 12, 2024</div><h1>Ferry sails again</h1><time>8 minutes</time>
      <p>The ferry Maria leaves the old harbour for the last time on its way, 24 April 2023</p>${text}<p>© 2 May 2023 The Coast</p>`
    expect(published(body)).toBeUndefined()
  })

  it('come from the address where the page shows none by the headline', () => {
    expect(published(`<h1>Ferry sails again</h1>${text}`, '', 'https://coast.example/2023/05/03/ferry')).toBe(
      '2023-05-03T00:00',
    )
  })

  it('come from meta elements of any name for a publication', () => {
    const body = `<h1>Ferry sails again</h1>${text}`
    for (const name of ['w-published-date', 'article:published:time', 'published', 'bt:pubDate']) {
      expect(published(body, `<meta name="${name}" content="2023-05-03T10:30:00Z">`)).toBe('2023-05-03T10:30')
    }
    const { publishedAt, modifiedAt } = read(body, '<meta name="x-updated" content="2023-05-04">')
    expect([publishedAt, modifiedAt?.getUTCDate()]).toEqual([null, 4])
  })
})
