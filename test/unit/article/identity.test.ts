import { describe, expect, it } from 'vitest'
import { articleUrl, nativeIdOf } from '../../../src/extractors/article/identity.ts'
import { outlinePage } from '../../../src/extractors/article/page-outline.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const pageOf = (html: string, url: string) => parsePage(html, url, new Date('2024-01-01T00:00:00Z'))

function urlOf(html: string, url = 'https://www.paper.example/news/ferry?utm_source=feed#top'): string {
  return articleUrl(outlinePage(pageOf(html, url).document), url)
}

function idOf(html: string, url: string, articlePath: string | null = null): string | null {
  const page = pageOf(html, url)
  return nativeIdOf(page, outlinePage(page.document), url, articlePath)
}

describe('articleUrl', () => {
  it.each([
    [
      'rel=canonical of the same host',
      '<link rel="canonical" href="/a/ferry?utm_medium=x">',
      'https://www.paper.example/a/ferry',
    ],
    ['a host without www', '<link rel=canonical href="https://paper.example/a">', 'https://paper.example/a'],
    [
      'og:url',
      '<meta property="og:url" content="https://www.paper.example/b">',
      'https://www.paper.example/b',
    ],
    ['the page itself', '', 'https://www.paper.example/news/ferry'],
    [
      'not another host',
      '<link rel=canonical href="https://other.example/a">',
      'https://www.paper.example/news/ferry',
    ],
    [
      'not the front page',
      '<link rel=canonical href="https://www.paper.example/">',
      'https://www.paper.example/news/ferry',
    ],
    [
      'og:url where the canonical link is faulty',
      '<link rel=canonical href="/"><meta property="og:url" content="/b">',
      'https://www.paper.example/b',
    ],
    [
      'not another language',
      '<link rel="canonical alternate" hreflang="de" href="/de">',
      'https://www.paper.example/news/ferry',
    ],
  ])('takes %s', (_what, html, expected) => {
    expect(urlOf(html)).toBe(expected)
  })

  it.each([
    ['https://p.example/page,1,2,117-ferry.html', 'https://p.example/117-ferry.html'],
    ['https://p.example/news/page,3,117-ferry.html', 'https://p.example/news/117-ferry.html'],
    ['https://p.example/2024/ferry/comment-page-2/', 'https://p.example/2024/ferry/'],
    ['https://p.example/index.php?cstart=2&newsid=117', 'https://p.example/index.php?newsid=117'],
  ])('leads from the comment page %s to the article', (url, expected) => {
    expect(urlOf('', url)).toBe(expected)
  })
})

describe('nativeIdOf', () => {
  const dle = '<script>var dle_root = "/";</script>'
  it.each([
    [
      'the first group of the site’s pattern',
      dle,
      'https://p.example/a/55-x.html',
      String.raw`^/a/(\d+)`,
      '55',
    ],
    ['the number of DataLife Engine', dle, 'https://p.example/news/117-ferry.html', null, '117'],
    [
      'the number that DataLife Engine is asked for',
      dle,
      'https://p.example/index.php?newsid=118',
      null,
      '118',
    ],
    ['no number that another system is asked for', '', 'https://p.example/index.php?newsid=118', null, null],
    ['no word for a number', dle, 'https://p.example/index.php?newsid=last', null, null],
    ['nothing from a number elsewhere', '', 'https://p.example/news/117-ferry.html', null, null],
    ['the class of WordPress', '<body class="single postid-31">', 'https://p.example/ferry/', null, '31'],
    [
      'the short link of WordPress',
      '<link rel=shortlink href="https://p.example/?p=32">',
      'https://p.example/ferry/',
      null,
      '32',
    ],
    ['a meta element', '<meta name="article-id" content="ab-9">', 'https://p.example/ferry', null, 'ab-9'],
    [
      'no meta element with a sentence in it',
      '<meta name="article-id" content="no id">',
      'https://p.example/ferry',
      null,
      null,
    ],
  ])('takes %s', (_what, html, url, articlePath, expected) => {
    expect(idOf(html, url, articlePath)).toBe(expected)
  })
})
