import { describe, expect, it } from 'vitest'
import {
  type ExtractionSite,
  extractArticlePage,
  extractPart,
} from '../../../src/extractors/article/extract-article.ts'
import { isWholeText, joinBodies } from '../../../src/extractors/article/joined-text.ts'
import { isPartOf } from '../../../src/extractors/article/part-address.ts'
import { newTextOf } from '../../../src/extractors/article/part-text.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const url = 'https://gazette.example/2026/03/ferry/'
const sentence =
  'The ferry to the outer islands left the harbour an hour late, and nobody on the quay knew why. '

interface Markup {
  /** Right behind the text. */
  readonly after?: string
  readonly head?: string
  /** Below the comments. */
  readonly below?: string
}

const markup = ({ after = '', head = '', below = '' }: Markup): string =>
  `<html><head><title>Ferry runs late</title><meta property="og:type" content="article">
  <meta property="article:published_time" content="2026-03-01T07:30:00Z">${head}</head>
  <body><main><article><h1>Ferry runs late</h1><div class="text">${`<p>${sentence.repeat(4)}</p>`.repeat(4)}</div>
  ${after}</article><section id="comments" class="comments"><h2>Comments</h2><p>${sentence}</p>${below}</section>
  </main></body></html>`

const site = (pageUrl: string): ExtractionSite => ({
  layouts: [],
  language: 'en',
  articlePath: null,
  url: new URL('/', pageUrl).href,
  timezone: 'UTC',
})

const read = (page: Markup, pageUrl = url) =>
  extractArticlePage(parsePage(markup(page), pageUrl, new Date('2026-03-02T00:00:00Z')), site(pageUrl))

const partsOf = (page: Markup, pageUrl = url) => read(page, pageUrl).parts

const furtherOf = (page: Markup, pageUrl = url): string[] =>
  (partsOf(page, pageUrl)?.further ?? []).map(({ number, url }) => `${number} ${url}`)

const links = (...hrefs: string[]): string =>
  hrefs.map((href, index) => `<a href="${href}">${index + 2}</a>`).join(' ')

describe('the further parts of an article', () => {
  it.each([
    ['WordPress’ folders', url, ['/2026/03/ferry/2/', '/2026/03/ferry/3/']],
    ['a parameter', url, ['?page=2', '?page=3']],
    ['a parameter among others', 'https://gazette.example/show?id=7', ['/show?id=7&seite=2']],
    ['folders with a word', url, ['/2026/03/ferry/seite-2', '/2026/03/ferry/seite-3']],
    ['two folders', url, ['/2026/03/ferry/page/2', '/2026/03/ferry/page/3']],
    ['endings', 'https://gazette.example/ferry.html', ['ferry-2.html', 'ferry-3.html']],
    ['endings with a word', 'https://gazette.example/ferry.html', ['ferry-page-2.html']],
    ['an address that names the first part too', `${url}1/`, ['/2026/03/ferry/2/']],
    ['a host with and without www', 'https://www.gazette.example/ferry', ['https://gazette.example/ferry/2']],
  ])('are found by %s', (_what, pageUrl, hrefs) => {
    const expected = hrefs.map((href, index) => `${index + 2} ${new URL(href, pageUrl).href}`)
    expect(furtherOf({ after: `<p>Page 1 ${links(...hrefs)}</p>` }, pageUrl)).toEqual(expected)
  })

  it.each([
    ['its number', '<a href="2/">2</a>'],
    ['a word and its number', '<a href="2/">Page 2</a>'],
    ['a word, its number and a title', '<a href="2/">Seite 2: Die Überfahrt</a>'],
    ['"next"', '<a href="2/">Next page »</a>'],
    ['an arrow', '<a href="2/">»</a>'],
    ['its relation', '<a href="2/" rel="next">Read on about the storm</a>'],
    ['the name of its pager', '<h2>Read on</h2><nav class="page-links"><a href="2/">The storm</a></nav>'],
  ])('are named by %s', (_what, after) => {
    expect(furtherOf({ after })).toEqual([`2 ${url}2/`])
  })

  it('are named by the next page in the head', () => {
    expect(furtherOf({ head: '<link rel="next" href="?page=2">' })).toEqual([`2 ${url}?page=2`])
  })

  it('of DataLife Engine are told from comment pages by the name of the pager', () => {
    const pageUrl = 'https://gazette.example/117-ferry.html'
    const link = '<a href="/page,2,117-ferry.html">2</a>'
    expect(furtherOf({ after: `<div class="splitnewsnavigation">${link}</div>` }, pageUrl)).toEqual([
      '2 https://gazette.example/page,2,117-ferry.html',
    ])
    expect(partsOf({ after: `<div class="navigation">${link}</div>` }, pageUrl)).toBeNull()
  })

  it.each([
    ['pages of comments', { below: links('?page=2', '?page=3') }],
    ['links to comments', { after: links('?page=2#comments') }],
    ['WordPress’ comment pages', { after: links(`${url}comment-page-2/`) }],
    ['a pager further down the page', { after: `<h2>More news</h2>${links('?page=2')}` }],
    ['a pager beside the text', { after: `<aside>${links('?page=2')}</aside>` }],
    ['another article’s parts', { after: links('/2026/03/harbour/2/') }],
    ['the next article', { head: '<link rel="next" href="/2026/03/ferry-2/">' }],
    ['another site', { after: links('https://courier.example/2026/03/ferry/2/') }],
    ['the archive of a day', { after: links('/2026/03/2/') }],
    ['a part without the one before', { after: '<a href="3/">3</a>' }],
    ['a number that is not the link’s', { after: '<a href="2/">7</a>' }],
    ['a link that says something else', { after: '<a href="2/">The storm of the century</a>' }],
  ])('are not %s', (_what, page) => {
    expect(partsOf(page)).toBeNull()
  })

  it('are not those of a list', () => {
    const html = `<html><body class="archive category"><h1>Politics</h1><main>
      ${`<article><h2><a href="/a">One thing</a></h2><p>${sentence}</p></article>`.repeat(8)}
      <nav class="pagination">${links('page/2/', 'page/3/')}</nav></main></body></html>`
    const pageUrl = 'https://gazette.example/category/politics/'
    const page = parsePage(html, pageUrl, new Date('2026-03-02T00:00:00Z'))
    expect(extractArticlePage(page, site(pageUrl)).parts).toBeNull()
  })
})

describe('a page with all parts', () => {
  const pager = links('2/')
  it.each([
    ['an address', '<a href="/2026/03/ferry/komplettansicht">Lesen</a>', `${url}komplettansicht`],
    ['a parameter', '<a href="?page=all">Everything</a>', `${url}?page=all`],
    ['words', '<a href="?mode=long">View as a single page</a>', `${url}?mode=long`],
    [
      'words of another language',
      '<a href="?mode=long">Artikel auf einer Seite lesen</a>',
      `${url}?mode=long`,
    ],
  ])('is found by %s', (_what, link, expected) => {
    expect(partsOf({ after: pager + link })?.wholeUrl).toBe(expected)
  })

  it.each([
    ['the whole article of another', '<a href="/2026/03/harbour/">Full article</a>'],
    ['a print version', '<a href="?print=1">Print</a>'],
  ])('is not %s', (_what, link) => {
    expect(partsOf({ after: pager + link })?.wholeUrl).toBeNull()
  })
})

describe('a later part', () => {
  it.each([
    ['a link to the first', `${url}2/`, { after: `<p><a href="${url}">1</a> 2 <a href="../3/">3</a></p>` }],
    ['its canonical address', `${url}?page=2`, { head: `<link rel="canonical" href="${url}">` }],
    [
      'its pager',
      `${url}2/`,
      {
        head: `<link rel="canonical" href="${url}2/">`,
        after: `<p class="page-links"><a href="${url}">Start</a></p>`,
      },
    ],
  ])('is known by %s, and has the article’s address', (_what, pageUrl, page) => {
    const { article, parts } = read(page, pageUrl)
    expect(parts).toMatchObject({ number: 2, firstUrl: url })
    expect(article.canonicalUrl).toBe(url)
  })

  it('names those after it', () => {
    expect(furtherOf({ after: `<p><a href="${url}">1</a> 2 <a href="../3/">3</a></p>` }, `${url}2/`)).toEqual(
      [`3 ${url}3/`],
    )
  })

  it('is an article of its own where it only stands under a section', () => {
    const pageUrl = 'https://gazette.example/sport/12'
    const { article, parts } = read({ head: '', after: '<a href="/sport">Sport</a>' }, pageUrl)
    expect(parts).toBeNull()
    expect(article.canonicalUrl).toBe(pageUrl)
  })

  it('is read without what the page tells elsewhere of the whole text', () => {
    const told = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'Ferry',
      articleBody: sentence.repeat(20),
    })
    const html = `<html><head><script type="application/ld+json">${told}</script></head>
      <body><article><h1>Ferry</h1><p>Nobody was hurt, and the next boat was on time.</p></article></body></html>`
    const { body } = extractPart(parsePage(html, `${url}2/`, new Date('2026-03-02T00:00:00Z')), site(url))
    expect(body.text).toBe('Nobody was hurt, and the next boat was on time.')
  })
})

describe('the joined text', () => {
  const bodyOf = (...paragraphs: string[]) => ({
    text: paragraphs.join('\n\n'),
    html: paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join(''),
  })
  const one = `One. ${sentence.trim()}`
  const two = `Two. ${sentence.trim()}`
  const three = `Three. ${sentence.trim()}`

  it('has the parts behind each other', () => {
    expect(joinBodies(bodyOf(one), bodyOf(two))).toEqual(bodyOf(one, two))
    expect(joinBodies(bodyOf(one), bodyOf())).toEqual(bodyOf(one))
  })

  it('lacks what each part repeats at its begin or end', () => {
    const part = bodyOf(one, two, '* * *', three, `${three} And more.`)
    expect(newTextOf(part, bodyOf('* * *', one).text)).toEqual(
      bodyOf(two, '* * *', three, `${three} And more.`),
    )
    expect(newTextOf(bodyOf(two, three, one), one)).toEqual(bodyOf(two, three))
    expect(newTextOf(bodyOf(two), one)).toEqual(bodyOf(two))
  })

  it('gains nothing from a page that shows the same again', () => {
    expect(newTextOf(bodyOf(one, two, 'A note.'), bodyOf(one, two).text)).toEqual({ text: '', html: '' })
  })

  it('is that of the page with all parts only if it holds the first', () => {
    expect(isWholeText(bodyOf(one, two).text, one)).toBe(true)
    expect(isWholeText(bodyOf(two, three).text, one)).toBe(false)
    expect(isWholeText(one, bodyOf(one, two).text)).toBe(false)
  })

  it.each([
    [`${url}2/`, true],
    [url, true],
    ['https://gazette.example/', false],
    ['https://gazette.example/2026/03/harbour/2/', false],
  ])('takes nothing from where %s leads, unless it is a part', (address, expected) => {
    expect(isPartOf(address, url)).toBe(expected)
  })
})
