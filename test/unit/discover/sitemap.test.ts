import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSitemap } from '../../../src/crawlers/discover/sitemap.ts'
import { Failure } from '../../../src/failure.ts'

const sitemapUrl = 'https://harbour.example/sitemap.xml'
const fetchedAt = new Date('2026-03-10T12:00:00Z')
const read = (body: Uint8Array | string) => readSitemap(body, sitemapUrl, fetchedAt)

const urlset = (entries: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">${entries}</urlset>`

const index = (...names: readonly (string | readonly [string, string])[]) =>
  `<sitemapindex>${names
    .map((name) => (typeof name === 'string' ? ([name, ''] as const) : name))
    .map(
      ([name, day]) =>
        `<sitemap><loc>https://harbour.example/${name}</loc><lastmod>${day}</lastmod></sitemap>`,
    )
    .join('')}</sitemapindex>`

function readIndex(text: string): string[] {
  const sitemap = read(text)
  if (sitemap.kind !== 'index') throw new Error('is no index')
  return sitemap.sitemaps.map(({ url }) => url.replace('https://harbour.example/', ''))
}

function failureOf(body: Uint8Array | string): Failure {
  try {
    read(body)
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('was read as a sitemap')
}

describe('pages', () => {
  it('reads a news sitemap, newest first, and keeps the last change apart from the publication', () => {
    const entries = `
      <url><loc> https://harbour.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-09</lastmod>
        <image:image><image:loc>https://harbour.example/a.jpg</image:loc></image:image></url>
      <url><loc><![CDATA[https://harbour.example/b]]></loc><news:news><news:publication><news:name>H</news:name></news:publication>
        <news:publication_date>2026-03-08T10:00:00+02:00</news:publication_date><news:title>Tide &amp; time</news:title></news:news></url>`
    expect(read(urlset(entries))).toEqual({
      kind: 'pages',
      pages: [
        {
          url: 'https://harbour.example/b',
          publishedAt: new Date('2026-03-08T08:00:00Z'),
          modifiedAt: null,
          title: 'Tide & time',
          commentCount: null,
        },
        {
          url: 'https://harbour.example/a?x=1&y=2',
          publishedAt: null,
          modifiedAt: new Date('2026-03-09T00:00:00Z'),
          title: null,
          commentCount: null,
        },
      ],
    })
  })

  it.each([
    ['another host', 'https://elsewhere.example/a', []],
    ['another port', 'https://harbour.example:8443/a', []],
    ['a host that only ends alike', 'https://notharbour.example/a', []],
    ['www', 'https://www.harbour.example/a', ['https://www.harbour.example/a']],
    ['another scheme', 'javascript:alert(1)', []],
  ])('%s', (_name, loc, expected) => {
    const sitemap = read(urlset(`<url><loc>${loc}</loc></url>`))
    expect(sitemap.kind === 'pages' && sitemap.pages.map(({ url }) => url)).toEqual(expected)
  })

  it('knows prefixed elements, and no loc that is not the page’s own', () => {
    const text = `<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>https://harbour.example/a</s:loc>
      <video:video xmlns:video="v"><video:title>V</video:title><video:loc>https://harbour.example/v</video:loc></video:video></s:url></s:urlset>`
    expect(read(text)).toMatchObject({ pages: [{ url: 'https://harbour.example/a', title: null }] })
  })

  it('reads plain text, one address on each line', () => {
    expect(read('\uFEFFhttps://harbour.example/a\r\n\nhttps://harbour.example/b\n')).toMatchObject({
      kind: 'pages',
      pages: [{ url: 'https://harbour.example/a' }, { url: 'https://harbour.example/b' }],
    })
  })

  it('reads no more lines of plain text than the protocol allows entries', () => {
    const lines = Array.from({ length: 50_010 }, (_, index) => `https://harbour.example/${index}`)
    expect(read(lines.join('\n'))).toMatchObject({ kind: 'pages', pages: { length: 50_000 } })
  })

  it('reads a feed, as the protocol allows', () => {
    const feed = `<rss version="2.0"><channel><item><link>https://harbour.example/a</link></item>
      <item><link>https://elsewhere.example/b</link></item></channel></rss>`
    expect(read(feed)).toMatchObject({ kind: 'pages', pages: [{ url: 'https://harbour.example/a' }] })
  })

  it('leaves out the entry in which a sitemap was cut off', () => {
    const whole = urlset(
      '<url><loc>https://harbour.example/a</loc></url><url><loc>https://harbour.example/long-na',
    )
    expect(read(whole.replace('</urlset>', ''))).toMatchObject({
      pages: [{ url: 'https://harbour.example/a' }],
    })
  })

  it('expands no entity of a DOCTYPE', () => {
    const text = `<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>https://harbour.example/&a;</loc></url></urlset>`
    expect(read(text)).toMatchObject({ pages: [{ url: 'https://harbour.example/&a;' }] })
  })
})

describe('bytes', () => {
  it('inflates gzip whatever its name is', () => {
    const bytes = gzipSync(urlset('<url><loc>https://harbour.example/a</loc></url>'))
    expect(read(bytes)).toMatchObject({ pages: [{ url: 'https://harbour.example/a' }] })
  })

  it('stops at a bomb', () => {
    expect(failureOf(gzipSync(Buffer.alloc(51 * 1024 * 1024, 32))).class).toBe('too_large')
  })

  it('calls half a gzip stream truncated', () => {
    const bytes = gzipSync(urlset('<url><loc>https://harbour.example/a</loc></url>'))
    expect(failureOf(bytes.subarray(0, bytes.length - 12)).class).toBe('truncated')
  })
})

describe('an index', () => {
  it.each([
    [
      'WordPress',
      [
        'wp-sitemap-posts-post-1.xml',
        'wp-sitemap-posts-post-2.xml',
        'wp-sitemap-posts-page-1.xml',
        'wp-sitemap-taxonomies-category-1.xml',
        'wp-sitemap-users-1.xml',
      ],
      ['wp-sitemap-posts-post-2.xml', 'wp-sitemap-posts-post-1.xml'],
    ],
    [
      'Yoast',
      [
        'page-sitemap.xml',
        'category-sitemap.xml',
        'post_tag-sitemap.xml',
        'author-sitemap.xml',
        'attachment-sitemap.xml',
        'post-sitemap.xml',
        'post-sitemap10.xml',
        'post-sitemap2.xml',
      ],
      ['post-sitemap10.xml', 'post-sitemap2.xml', 'post-sitemap.xml'],
    ],
    ['DataLife Engine', ['static_pages.xml', 'category_pages.xml', 'news_pages.xml'], ['news_pages.xml']],
    ['a site of nothing but pages', ['page-sitemap.xml', 'category-sitemap.xml'], ['page-sitemap.xml']],
    ['parameters', ['sitemap.xml?type=video', 'sitemap.xml?type=news'], ['sitemap.xml?type=news']],
  ])('%s', (_name, names, expected) => {
    expect(readIndex(index(...names))).toEqual(expected)
  })

  it('puts those of articles first, then the most recently changed', () => {
    const names = [
      ['a.xml', '2026-03-09'],
      ['news-1.xml', '2026-01-01'],
      ['b.xml', '2026-03-10'],
      ['news-2.xml', '2026-02-01'],
    ] as const
    expect(readIndex(index(...names))).toEqual(['news-2.xml', 'news-1.xml', 'b.xml', 'a.xml'])
  })

  it('drops itself, repetitions and other hosts', () => {
    const text = index('sitemap.xml', 'a.xml', 'a.xml').replace(
      '</sitemapindex>',
      '<sitemap><loc>https://elsewhere.example/s.xml</loc></sitemap></sitemapindex>',
    )
    expect(readIndex(text)).toEqual(['a.xml'])
  })
})

describe('what is no sitemap', () => {
  it.each([
    ['<!DOCTYPE html><html><title>Gone</title></html>', 'an HTML page ("Gone")'],
    ['<opml version="1.0"></opml>', 'an XML document of <opml>'],
    ['', 'nothing'],
    ['https://harbour.example/a\nnot an address', 'text with the line "not an address"'],
    ['{"urls":[]}', 'JSON of another kind'],
  ])('%s', (text, saw) => {
    const failure = failureOf(text)
    expect(failure.class).toBe('not_a_sitemap')
    expect(failure.message).toBe(`${sitemapUrl} was to be a sitemap, but is ${saw}`)
  })

  it('nests no deeper than sitemaps do', () => {
    expect(failureOf(urlset('<url><loc>https://harbour.example/a'.repeat(100_000))).message).toBe(
      `${sitemapUrl} was to be a sitemap, but nests elements more than 50 deep`,
    )
  })

  it('never throws anything but a Failure', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => `<urlset><url><loc>${text}`),
        ),
        (body) => {
          try {
            return read(body).kind !== undefined
          } catch (error) {
            return error instanceof Failure
          }
        },
      ),
      { seed: 7 },
    )
  })
})
