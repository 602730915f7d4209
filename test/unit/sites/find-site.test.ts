import { describe, expect, it } from 'vitest'
import { resolveSite } from '../../../src/sites/find-site.ts'
import { defineSite } from '../../../src/sites/site.ts'
import { SiteError } from '../../../src/sites/site-error.ts'

const harbour = defineSite({ id: 'harbour', name: 'Harbour', url: 'https://www.harbour.example/' })
const valley = defineSite({ id: 'valley', name: 'Valley', url: 'http://127.0.0.1:8090/' })
const sites = [harbour, valley]

describe('a declared site', () => {
  it.each([
    ['harbour', harbour],
    ['Harbour', harbour],
    ['https://harbour.example/', harbour],
    ['http://harbour.example/some/path', harbour],
    ['harbour.example', harbour],
    ['http://127.0.0.1:8090/', valley],
    ['127.0.0.1:8090', valley],
  ])('%s', (argument, expected) => {
    expect(resolveSite(argument, sites)).toBe(expected)
  })
})

describe('a site made from its address', () => {
  it.each([
    ['https://delta.example/', 'delta.example', 'delta.example', 'https://delta.example/', 1],
    ['https://www.delta.example', 'delta.example', 'delta.example', 'https://www.delta.example/', 1],
    ['http://127.0.0.1:8091/', '127.0.0.1-8091', '127.0.0.1:8091', 'http://127.0.0.1:8091/', 0],
    ['http://[::1]:8080/', '1-8080', '[::1]:8080', 'http://[::1]:8080/', 0],
  ])('%s', (argument, id, name, url, delaySeconds) => {
    expect(resolveSite(argument, sites)).toEqual(defineSite({ id, name, url, delaySeconds }))
  })

  it.each([
    ['https://delta.example/sport/', 'listing'],
    ['https://delta.example/?cat=3', 'listing'],
    ['https://delta.example/blog/feed/', 'feed'],
    ['https://delta.example/rss.xml', 'feed'],
    ['https://delta.example/news-sitemap.xml', 'sitemap'],
  ])('%s is read as a %s', (url, kind) => {
    const site = resolveSite(url, sites)
    expect(site.url).toBe('https://delta.example/')
    expect(site.sources).toEqual([{ kind, url }])
  })
})

describe('what is no site', () => {
  it.each([
    [
      'harbor',
      'There is no site "harbor": did you mean harbour, valley? Any site can be named by its address: https://example.com/',
    ],
    ['http://', '"http://" is not an address such as https://example.com/'],
    ['http://[bad', '"http://[bad" is not an address such as https://example.com/'],
    ['ftp://harbour/', '"ftp://harbour/" is not an address such as https://example.com/'],
  ])('%s', (argument, message) => {
    expect(() => resolveSite(argument, sites)).toThrow(new SiteError([message]))
  })

  it('is said even when none is declared', () => {
    expect(() => resolveSite('harbour', [])).toThrow('There is no site "harbour": none is declared')
  })
})
