import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFeed } from '../../../src/crawlers/discover/feed.ts'
import { Failure } from '../../../src/failure.ts'

const feedUrl = 'https://harbour.example/feeds/news.xml'
const fetchedAt = new Date('2026-03-10T12:00:00Z')
const read = (text: string) => readFeed(text, feedUrl, 'application/xml', fetchedAt)

const rss = (items: string, channel = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel><title>Harbour News</title>${channel}${items}</channel></rss>`

function failureOf(text: string): Failure {
  try {
    read(text)
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('was read as a feed')
}

describe('RSS', () => {
  it('gives address, time, title and comment count, newest first', () => {
    const items = `
      <item><title>Older</title><link>https://harbour.example/1-older.html</link>
        <pubDate>Mon, 09 Mar 2026 08:00:00 +0300</pubDate></item>
      <item><title>Ferries &amp;amp; <![CDATA[<b>tides</b>]]></title>
        <link>https://harbour.example/2-newer.html?utm_source=rss#top</link>
        <pubDate>Tue, 10 Mar 2026 07:30:00 GMT</pubDate><slash:comments>17</slash:comments></item>`
    expect(read(rss(items))).toEqual([
      {
        url: 'https://harbour.example/2-newer.html',
        publishedAt: new Date('2026-03-10T07:30:00Z'),
        modifiedAt: null,
        title: 'Ferries & tides',
        commentCount: 17,
      },
      {
        url: 'https://harbour.example/1-older.html',
        publishedAt: new Date('2026-03-09T05:00:00Z'),
        modifiedAt: null,
        title: 'Older',
        commentCount: null,
      },
    ])
  })

  it.each([
    ['the feed', '', 'https://harbour.example/feeds/a.html'],
    [
      'the channel link',
      '<link>https://www.harbour.example/paper/</link>',
      'https://www.harbour.example/paper/a.html',
    ],
  ])('resolves relative links against %s', (_name, channel, expected) => {
    expect(read(rss('<item><link>a.html</link></item>', channel))[0]?.url).toBe(expected)
  })

  it('lets xml:base go before the channel link', () => {
    const feed = `<rss version="2.0" xml:base="https://one.example/x/"><channel><link>https://two.example/</link>
      <item xml:base="y/"><link>z</link></item></channel></rss>`
    expect(read(feed)[0]?.url).toBe('https://one.example/x/y/z')
  })

  it.each([
    [
      'a guid is the link unless it says that it is none',
      '<guid>https://harbour.example/g</guid>',
      ['https://harbour.example/g'],
    ],
    ['isPermaLink=false', '<guid isPermaLink="false">https://harbour.example/g</guid>', []],
    ['a guid that is no address', '<guid>tag-17</guid>', []],
    ['an Atom link', '<atom:link href="/a"/>', ['https://harbour.example/a']],
  ])('%s', (_name, item, expected) => {
    expect(read(rss(`<item><title>x</title>${item}</item>`)).map(({ url }) => url)).toEqual(expected)
  })

  it('goes by addresses, whether one guid stands for all or each visit brings new ones', () => {
    const feedOf = (...guids: readonly string[]) =>
      rss(
        guids
          .map(
            (guid, index) => `<item><link>/a${index}</link><guid isPermaLink="false">${guid}</guid></item>`,
          )
          .join(''),
      )
    const first = read(feedOf('same', 'same', 'same')).map(({ url }) => url)
    expect(first).toHaveLength(3)
    expect(read(feedOf('x1', 'x2', 'x3')).map(({ url }) => url)).toEqual(first)
  })

  it('takes the newest of 50,000 entries within seconds', () => {
    const items = Array.from(
      { length: 50_000 },
      (_, index) =>
        `<item><link>/${index}</link><pubDate>${new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toUTCString()}</pubDate></item>`,
    )
    const started = process.cpuUsage()
    const entries = read(rss(items.join('')))
    expect([entries.length, entries[0]?.url]).toEqual([2000, 'https://harbour.example/49999'])
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10)
  })

  it('reads titles with markup, however it nests', () => {
    const titled = (title: string) => rss(`<item><link>/a</link><title><![CDATA[${title}]]></title></item>`)
    expect(read(titled('Bread &amp; <i>butter</i>'))[0]?.title).toBe('Bread & butter')
    expect(read(titled(`Bread ${'<b>'.repeat(100_000)}`))[0]?.title).toBe('Bread')
  })

  it('takes dc:date where there is no pubDate', () => {
    const item = '<item><link>/a</link><dc:date>2026-03-01T10:00:00+02:00</dc:date></item>'
    expect(read(rss(item))[0]?.publishedAt).toEqual(new Date('2026-03-01T08:00:00Z'))
  })

  it('keeps an entry whose date is impossible', () => {
    const item = '<item><link>/a</link><pubDate>Mon, 01 Jan 2085 00:00:00 GMT</pubDate></item>'
    expect(read(rss(item))).toMatchObject([{ url: 'https://harbour.example/a', publishedAt: null }])
  })

  it('reads what is whole of a feed that is cut off', () => {
    const cut = rss('<item><title>A</title><link>/a</link></item><item><title>B').split('</channel>')[0] ?? ''
    expect(read(cut)).toMatchObject([{ url: 'https://harbour.example/a', title: 'A' }])
  })

  it('passes over output that comes before the feed', () => {
    const feed = `<br />\n<b>Warning</b>: mysql_connect() in line 3<br />${rss('<item><link>/a</link></item>')}`
    expect(read(feed)).toMatchObject([{ url: 'https://harbour.example/a' }])
  })

  it('knows an empty feed from no feed', () => {
    expect(read('<rss version="2.0"><channel></channel></rss>')).toEqual([])
  })

  it('joins entries of one address', () => {
    const items = `<item><link>/a</link></item><item><link>/a#x</link><title>A</title></item>`
    expect(read(rss(items))).toMatchObject([{ url: 'https://harbour.example/a', title: 'A' }])
  })

  it('keeps the 2,000 newest', () => {
    const items = Array.from({ length: 2_100 }, (_, index) => {
      const date = new Date(Date.UTC(2026, 0, 1, 0, index)).toUTCString()
      return `<item><link>/${index}</link><pubDate>${date}</pubDate></item>`
    })
    const urls = read(rss(items.join(''))).map(({ url }) => url)
    expect(urls).toHaveLength(2_000)
    expect(urls[0]).toBe('https://harbour.example/2099')
    expect(urls.at(-1)).toBe('https://harbour.example/100')
  })
})

describe('RDF, Atom and JSON Feed', () => {
  it('reads RSS 1.0', () => {
    const feed = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://harbour.example/"><title>H</title></channel>
      <item rdf:about="https://harbour.example/a"><title>A</title><link>https://harbour.example/a</link>
      <dc:date>2026-03-01</dc:date></item></rdf:RDF>`
    expect(read(feed)).toEqual([
      {
        url: 'https://harbour.example/a',
        publishedAt: new Date('2026-03-01T00:00:00Z'),
        modifiedAt: null,
        title: 'A',
        commentCount: null,
      },
    ])
  })

  it('reads Atom with its base, link relations, both dates and the count of replies', () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/b/"
      xmlns:thr="http://purl.org/syndication/thread/1.0"><title>H</title><entry>
      <title type="html">Quay &lt;i&gt;wall&lt;/i&gt;</title><id>tag:1</id>
      <link rel="self" href="self.xml"/><link rel="alternate" type="application/json" href="a.json"/>
      <link rel="alternate" type="text/html" href="a.html"/><link rel="replies" href="r" thr:count="5"/>
      <published>2026-03-01T10:00:00Z</published><updated>2026-03-02T10:00:00Z</updated></entry></feed>`
    expect(read(feed)).toEqual([
      {
        url: 'https://harbour.example/b/a.html',
        publishedAt: new Date('2026-03-01T10:00:00Z'),
        modifiedAt: new Date('2026-03-02T10:00:00Z'),
        title: 'Quay wall',
        commentCount: 5,
      },
    ])
  })

  it('takes a title of type text by the letter', () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a &lt;b&gt; c</title><link href="/a"/></entry></feed>`
    expect(read(feed)[0]?.title).toBe('a <b> c')
  })

  it('reads JSON Feed', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'H',
      items: [{ id: '1', url: '/a', title: 'A', date_published: '2026-03-01T10:00:00Z' }],
    }
    expect(read(JSON.stringify(feed))).toMatchObject([
      { url: 'https://harbour.example/a', title: 'A', publishedAt: new Date('2026-03-01T10:00:00Z') },
    ])
  })
})

describe('what is no feed', () => {
  it.each([
    [
      '<!DOCTYPE html><html><head><title>Page not\n found</title></head></html>',
      'an HTML page ("Page not found")',
    ],
    ['<urlset><url><loc>https://harbour.example/</loc></url></urlset>', 'an XML document of <urlset>'],
    ['{"posts": []}', 'JSON of another kind'],
    ['Forbidden', 'text that begins with "Forbidden"'],
    ['  \n', 'nothing'],
  ])('%s', (text, saw) => {
    const failure = failureOf(text)
    expect(failure.class).toBe('not_a_feed')
    expect(failure.url).toBe(feedUrl)
    expect(failure.message).toBe(`${feedUrl} was to be a feed, but is ${saw}, sent as application/xml`)
  })
})

describe('hostile feeds', () => {
  it('expands no entity of a DOCTYPE', () => {
    const doctype = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY file SYSTEM "file:///etc/passwd">]>`
    const feed = `${doctype}<rss version="2.0"><channel><item><title>x &b; &file;</title><link>/a</link></item></channel></rss>`
    expect(read(feed)[0]?.title).toBe('x &b; &file;')
  })

  it('are let go where they nest without end', () => {
    const failure = failureOf(`<rss version="2.0"><channel>${'<item><title>'.repeat(100_000)}`)
    expect(failure.class).toBe('not_a_feed')
    expect(failure.cause).toEqual(new RangeError('Elements nest more than 200 deep'))
  })

  it('never throws anything but a Failure', () => {
    const piece = fc.constantFrom(
      '<rss version="2.0">',
      '<channel>',
      '<item>',
      '<title>',
      '</title>',
      '<link>/a',
      '<feed ',
      'xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&amp;',
      '&#xD800;',
      '{"items":[',
      '"',
      "'",
      '\u0000',
      '<!DOCTYPE x [',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        try {
          return Array.isArray(read(pieces.join('')))
        } catch (error) {
          return error instanceof Failure && error.class === 'not_a_feed'
        }
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})
