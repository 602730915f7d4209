import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const text = `<p>${'The harbour office said that the ferry would sail again in spring, as it did before. '.repeat(4)}</p>`

function authors(body: string, head = ''): readonly string[] {
  const html = `<html lang="en"><head><title>Ferry sails again</title>${head}</head><body>${body}</body></html>`
  const page = parsePage(html, 'https://coast.example/a/ferry', new Date('2024-03-12T09:00:00Z'))
  const site = {
    layouts: [],
    language: 'en',
    timezone: 'UTC',
    articlePath: null,
    url: 'https://coast.example/',
  }
  return extractArticle(page, site).authors
}

describe('visible authors', () => {
  it.each([
    [
      'a line that begins with "By"',
      `<h1>Ferry sails again</h1><p>By <b>Ann Lee</b> on May 3, 2023</p>${text}`,
    ],
    [
      'a box with a byline class',
      `<h1>Ferry sails again</h1><div class="author-name"><span>Ann Lee</span><span>May 3, 2023</span></div>${text}`,
    ],
    [
      'a name linked to its page',
      `<h1>Ferry sails again</h1><p><a href="/authors/ann-lee/">Ann Lee</a></p>${text}`,
    ],
    [
      'a name with a role beside it',
      `<h1>Ferry sails again</h1><div class="author"><b>Ann Lee</b><i>Former Harbour Press Officer</i></div>${text}`,
    ],
    [
      'a line under the text',
      `<h1>Ferry sails again</h1>${text}${text}<p>Posted by Ann Lee at May 3, 2023 11:15 AM</p>`,
    ],
    [
      'a foot of the article',
      `<article><h1>Ferry sails again</h1>${text}<footer>Written by Ann Lee</footer></article>`,
    ],
  ])('are read from %s', (_what, body) => {
    expect(authors(body)).toEqual(['Ann Lee'])
  })

  it('are not taken from menus, footnotes, other articles or the foot of the page', () => {
    const body = `<nav><a href="/by">By Company Size</a></nav><h1>Ferry sails again</h1>${text}
      <div class="teaser"><b class="author">Bob Stone</b></div><div class="teaser"><b class="author">Eve Wood</b></div>
      <ol><li class="fn">And how can we be sure?</li></ol><footer><p>Editor: Carl Rose</p></footer>`
    expect(authors(body)).toEqual([])
  })

  it('are asked for where machines are told only of an organisation', () => {
    const linked = (author: string) =>
      `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","author":${author},
       "publisher":{"@type":"Organization","name":"The Coast"}}</script>`
    const publisher = linked('{"@type":"Organization","name":"The Coast"}')
    expect(authors(`<h1>Ferry sails again</h1><p>By Ann Lee</p>${text}`, publisher)).toEqual(['Ann Lee'])
    expect(authors(`<h1>Ferry sails again</h1>${text}`, publisher)).toEqual(['The Coast'])
    const login = linked('{"@type":"Person","name":"ann.lee"}')
    expect(authors(`<h1>Ferry sails again</h1><p>By Ann Lee</p>${text}`, login)).toEqual(['Ann Lee'])
  })

  it('of a citation are put in reading order', () => {
    const head =
      '<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Stone, Bob">'
    expect(authors(`<h1>Ferry sails again</h1>${text}`, head)).toEqual(['Ann Lee', 'Bob Stone'])
  })

  it('are not those of comments in microdata', () => {
    const body = `<article itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Ferry sails again</h1>
      <b itemprop="author">Ann Lee</b>${text}<div class="comments"><b itemprop="author">Bob Stone</b></div></article>`
    expect(authors(body)).toEqual(['Ann Lee'])
  })
})
