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

  it.each([
    [
      'a box that says so beside the text',
      `<h1>Ferry sails again</h1><div class="post-sidebar"><h4>Published</h4><div>May 3, 2023</div></div>${text}`,
    ],
    [
      'the line under the author at the end',
      `<h1>Ferry sails again</h1>${text.repeat(3)}${'<p>The ferry sails.</p>'.repeat(80)}<p>Written by Ann Lee and Bo Stone</p><p>May 3, 2023</p>`,
    ],
    [
      'a note about the first publication, not from a later day',
      `<h1>Ferry sails again</h1><time datetime="2023-09-01">1 September</time>${text}<p>This article was originally published on
        May 3, 2023 and has been kept up to date since.</p>`,
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

describe('a day that readers are shown and a later time for machines', () => {
  const built = '<meta property="article:published_time" content="2024-02-20T06:00:00Z">'
  const shown = (line: string): string => `<h1>Ferry sails again</h1><p>${line}</p>${text}`

  it.each([
    ['alone in a line', shown('May 3, 2023')],
    ['beside the time that reading takes', shown('3 May 2023 • 3 min read')],
    ['labelled', shown('Published <b>May 3, 2023</b>')],
    ['of an update, before which it was published', shown('Updated May 3, 2023')],
    ['beside a later update', shown('May 3, 2023</p><p>Updated January 9, 2024')],
    [
      'marked up as the publication, far below',
      `<h1>Ferry sails again</h1>${'<p>The ferry sails.</p>'.repeat(80)}<p>Published <time datetime="2023-05-03">3 May</time></p>`,
    ],
  ])('it was published on the day: %s', (_what, body) => {
    expect(published(body, built)).toBe('2023-05-03T00:00')
    expect(read(body, built).rules.publishedAt).toBe('heuristic')
  })

  it.each([
    ['a later day, which is as often an update', shown('March 1, 2024')],
    ['the day before, which it still was elsewhere', shown('February 19, 2024')],
    ['several days', shown('May 3, 2023</p><p>June 4, 2023')],
    ['the day of what it is about', shown('Release date: <b>May 3, 2023</b>')],
    ['a day that may be a month', shown('05/03/2023')],
    ['a sentence', shown('The ferry has been laid up since May 3, 2023')],
    ['an age', shown('10 months ago')],
  ])('the time for machines stands beside %s', (_what, body) => {
    expect(published(body, built)).toBe('2024-02-20T06:00')
  })

  it('the day before is believed where machines are told the time of the same clock', () => {
    const own = built.replace('T06:00:00Z', ' 06:00')
    expect(published(shown('February 19, 2024'), own)).toBe('2024-02-19T00:00')
    expect(published(shown('February 20, 2024'), own)).toBe('2024-02-20T06:00')
  })

  it('a layout is believed all the same', () => {
    const page = `<html><head>${built}</head><body>${shown('May 3, 2023')}<i class="when">2024-01-05</i></body></html>`
    const site = { language: 'en', timezone: 'UTC', articlePath: null, url: 'https://coast.example/' }
    const article = extractArticle(parsePage(page, 'https://coast.example/a', new Date('2024-03-12')), {
      ...site,
      layouts: [{ published: '.when' }],
    })
    expect(article.publishedAt?.toISOString().slice(0, 10)).toBe('2024-01-05')
  })
})

describe('times for machines', () => {
  const body = `<h1>Ferry sails again</h1>${text}`

  it('are those of the page where no article is described, and the page shows none', () => {
    const head =
      '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","url":"https://coast.example/a/ferry","datePublished":"2023-05-03T10:30:00Z"}]}</script>'
    expect(published(body, head)).toBe('2023-05-03T10:30')
    expect(published(body.replace('</h1>', '</h1><p>May 4, 2023</p>'), head)).toBe('2023-05-04T00:00')
  })

  const linked = (...nodes: string[]): string =>
    `<script type="application/ld+json">{"@graph":[${nodes.join(',')}]}</script>`
  const article =
    '{"@type":"NewsArticle","headline":"Ferry sails again","datePublished":"2023-05-03T00:00:00+0000"}'

  it('are those that metadata and page say alike against the JSON-LD, which is believed against either', () => {
    const meta = '<meta property="article:published_time" content="2024-02-20T06:00:00Z">'
    const shown = body.replace('</h1>', '</h1><p>February 20, 2024</p>')
    expect(published(shown, linked(article) + meta)).toBe('2024-02-20T06:00')
    expect(published(shown, linked(article))).toBe('2023-05-03T00:00')
    expect(published(body, linked(article) + meta)).toBe('2023-05-03T00:00')
  })

  it('are those of the page where the article has lost its hours', () => {
    const page = (time: string): string =>
      `{"@type":"WebPage","url":"https://coast.example/a/ferry","datePublished":"${time}"}`
    expect(published(body, linked(article, page('2023-05-04T04:39:05+00:00')))).toBe('2023-05-04T04:39')
    expect(published(body, linked(article, page('2023-05-05T04:39:05+00:00')))).toBe('2023-05-03T00:00')
    expect(published(body, linked(article, page('2023-05-04')))).toBe('2023-05-03T00:00')
  })

  it('are read from JSON-LD that a framework wrote into a meta element', () => {
    const head = `<meta name="script:ld+json" content='${article}'>`
    expect(published(body, head)).toBe('2023-05-03T00:00')
    expect(read(body, head).rules.publishedAt).toBe('json-ld')
  })

  it('are the first of several that only this site uses', () => {
    const head =
      '<meta name="published-time" content="2024-02-20T06:00:00Z"><meta name="published-date" content="2023-05-03">'
    expect(published(body, head)).toBe('2023-05-03T00:00')
  })
})
