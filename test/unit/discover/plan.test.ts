import { describe, expect, it } from 'vitest'
import { firstRequests, usualFeeds } from '../../../src/crawlers/discover/plan.ts'
import { defineSite, feed } from '../../../src/sites/site.ts'

const bare = defineSite({ id: 'harbour', name: 'Harbour', url: 'https://harbour.example/' })

describe('the first requests', () => {
  it('are the declared sources and nothing else', () => {
    const declared = defineSite({ ...bare, sources: [feed('/rss.xml')] })
    expect(firstRequests(declared, ['https://harbour.example/s.xml'])).toEqual([
      { kind: 'feed', url: 'https://harbour.example/rss.xml' },
    ])
  })

  it('are the front page and the sitemaps of robots.txt', () => {
    const named = [
      'https://harbour.example/a.xml',
      '/b.xml',
      'https://harbour.example/a.xml',
      'ftp://harbour.example/c',
    ]
    expect(firstRequests(bare, named)).toEqual([
      { kind: 'listing', url: 'https://harbour.example/' },
      { kind: 'sitemap', url: 'https://harbour.example/a.xml' },
      { kind: 'sitemap', url: 'https://harbour.example/b.xml' },
    ])
  })

  it('try the usual sitemap where robots.txt names none', () => {
    expect(firstRequests(bare, [])).toEqual([
      { kind: 'listing', url: 'https://harbour.example/' },
      { kind: 'sitemap', url: 'https://harbour.example/sitemap.xml' },
    ])
  })

  it('take no more than ten sitemaps', () => {
    const named = Array.from({ length: 50 }, (_, index) => `https://harbour.example/${index}.xml`)
    expect(firstRequests(bare, named)).toHaveLength(11)
  })
})

it('knows where engines put their feeds', () => {
  expect(usualFeeds(bare).map(({ url }) => url)).toEqual([
    'https://harbour.example/feed/',
    'https://harbour.example/rss.xml',
    'https://harbour.example/feed.xml',
    'https://harbour.example/atom.xml',
    'https://harbour.example/index.xml',
  ])
})
