import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const fetchedAt = new Date('2024-03-12T09:00:00Z')
const sentence =
  'The harbour office said on Monday that the ferry, which had been laid up since the autumn, would sail again.'
const text = `<p>${sentence}</p>`.repeat(4)

function isArticle(html: string, url: string, articlePath: string | null = null): boolean {
  const site = { layouts: [], language: 'en', timezone: 'UTC', articlePath, url: 'https://paper.example/' }
  return extractArticle(parsePage(html, url, fetchedAt), site).isArticle
}

const wordPress = (bodyClass: string, head = ''): string =>
  `<head><meta name="generator" content="WordPress 6.5">${head}</head><body class="${bodyClass}">
   <h1>The ferry sails again</h1><time datetime="2024-03-11">11 March</time><article>${text}</article></body>`

const teaser = `<h2><a href="/x">A bridge, a ferry and a captain</a></h2><p>${sentence}</p>`

describe('isArticle', () => {
  it.each([
    ['a post of WordPress', wordPress('single single-post postid-4'), 'https://paper.example/2024/ferry/'],
    [
      'a dated page with a headline',
      `<h1>The ferry sails again</h1><time datetime="2024-03-11">11 March</time>${text}`,
      'https://paper.example/4711',
    ],
    [
      'a short notice that structured data calls an article',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Fog"}</script><h1>Fog</h1><p>The ferry waits for the fog to lift.</p>',
      'https://paper.example/4712',
    ],
    [
      'an article with many links beside it',
      `<meta property="og:type" content="article"><h1>The ferry sails again</h1><article>${text}</article><div>${'<h3><a href="/y">Another story of the day</a></h3>'.repeat(9)}</div>`,
      'https://paper.example/4713',
    ],
  ])('is true for %s', (_what, html, url) => {
    expect(isArticle(html, url)).toBe(true)
  })

  it.each([
    [
      'the front page',
      `<meta property="og:type" content="article"><h1>The daily paper of the coast</h1>${text}`,
      'https://paper.example/',
    ],
    [
      'a page of WordPress, whatever its metadata says',
      wordPress('page page-id-2', '<meta property="og:type" content="article">'),
      'https://paper.example/about-us/',
    ],
    [
      'a category of WordPress',
      wordPress('archive category category-food'),
      'https://paper.example/category/food/',
    ],
    ['an author of WordPress', wordPress('archive author author-mira'), 'https://paper.example/author/mira/'],
    ['a search of WordPress', wordPress('search search-results'), 'https://paper.example/?s=ferry'],
    ['a front page of WordPress below the root', wordPress('home blog'), 'https://paper.example/en/'],
    [
      'comments of WordPress',
      wordPress('single single-post postid-4'),
      'https://paper.example/ferry/comment-page-2/',
    ],
    [
      'a list of teasers',
      `<h1>News from the coast</h1><time datetime="2024-03-11">11 March</time>${teaser.repeat(6)}`,
      'https://paper.example/coast',
    ],
    [
      'a tag',
      `<h1>Ferries and boats here</h1><time datetime="2024-03-11">11 March</time>${text}`,
      'https://paper.example/tag/ferry',
    ],
    [
      'a profile page',
      '<script type="application/ld+json">{"@type":"ProfilePage"}</script><h1>Mira</h1>' + text,
      'https://paper.example/mira',
    ],
    [
      'a page without text',
      '<meta property="og:type" content="article"><h1>The ferry sails again</h1>',
      'https://paper.example/4711',
    ],
  ])('is false for %s', (_what, html, url) => {
    expect(isArticle(html, url)).toBe(false)
  })

  it('goes by the site’s own pattern where there is one', () => {
    const html = `<h1>Fog</h1><p>The ferry waits for the fog to lift.</p>`
    expect(isArticle(html, 'https://paper.example/n/12', String.raw`^/n/\d+$`)).toBe(true)
    expect(isArticle(wordPress('single'), 'https://paper.example/x/12', String.raw`^/n/\d+$`)).toBe(false)
  })
})
