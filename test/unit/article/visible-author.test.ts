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
    [
      'an element after a label of its own',
      `<h1>Ferry sails again</h1>${text}<div><span>Written by</span><div>Ann Lee</div></div>`,
    ],
    [
      'an element beside the box of a label',
      `<h1>Ferry sails again</h1><div><div><b>By</b></div><p>Ann Lee</p></div>${text}`,
    ],
    [
      'the name within a box, not what stands beside it',
      `<h1>Ferry sails again</h1><div class="author-info"><div class="name">Ann Lee</div><div>Writer</div></div>${text}`,
    ],
    [
      'a line with the icon of a person',
      `<h1>Ferry sails again</h1><ul><li><i class="fa fa-user"></i> Ann Lee</li></ul>${text}`,
    ],
    [
      'links to pages of authors, without who reviewed it',
      `<h1>Ferry sails again</h1><p>By <a href="/author/ann-lee">Ann Lee</a>. Reviewed by <a href="/author/bob">Bob Stone</a></p>${text}`,
    ],
    [
      'links to pages of authors, without who stands in a box of experts',
      `<h1>Ferry sails again</h1><a href="/author/ann-lee">Ann Lee</a> <b class="meta expert"><a href="/author/bob">Bob Stone</a></b>${text}`,
    ],
  ])('are read from %s', (_what, body) => {
    expect(authors(body)).toEqual(['Ann Lee'])
  })

  it('are several where a label stands before a list', () => {
    const body = `<h1>Ferry sails again</h1><h6>Author(s)</h6><ul><li>Ann Lee</li><li>Bob Stone</li></ul>${text}`
    expect(authors(body)).toEqual(['Ann Lee', 'Bob Stone'])
  })

  it('are named within a line of Chinese, the editor last', () => {
    const editor = '<div class="editor">（责任编辑：周梓）</div>'
    const line = '<div>2024-01-08 09:15　来源：海岸日报　记者：沈禾</div>'
    expect(authors(`<h1>Ferry sails again</h1>${line}${text}${editor}`)).toEqual(['沈禾'])
    expect(authors(`<h1>Ferry sails again</h1>${text}${editor}`)).toEqual(['周梓'])
  })

  it('are not the words of an empty byline, nor what an icon signs in', () => {
    const body = `<a href="/login"><i class="fa fa-user"></i> Sign In</a><h1>Ferry sails again</h1><p class="author">Written By</p>${text}`
    expect(authors(body)).toEqual([])
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
