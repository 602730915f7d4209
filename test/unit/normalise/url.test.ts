import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalUrl, isSameHost, isSamePage, urlHash } from '../../../src/normalise/url.ts'

describe('canonicalUrl', () => {
  it.each([
    ['https://news.example/a?utm_source=x&id=7&utm_medium=y', 'https://news.example/a?id=7'],
    ['https://news.example/a?fbclid=1', 'https://news.example/a'],
    ['https://news.example/a?b=2&a=1&yclid=3', 'https://news.example/a?b=2&a=1'],
    ['https://news.example/a?Gclid=1&q=caf%C3%A9+noir', 'https://news.example/a?q=caf%C3%A9+noir'],
    ['https://news.example/a?', 'https://news.example/a'],
    ['https://news.example/a??b=1', 'https://news.example/a??b=1'],
    ['https://news.example/a?PHPSESSID=abc&page=2', 'https://news.example/a?page=2'],
    ['https://news.example/a;jsessionid=0A1B?x=1', 'https://news.example/a?x=1'],
    ['https://ann:secret@news.example:443/a#comments', 'https://news.example/a'],
    ['HTTP://News.Example:80/A/', 'http://news.example/A/'],
    ['http://news.example:8080/a', 'http://news.example:8080/a'],
    ['https://news.example//a//b/', 'https://news.example//a//b/'],
    ['https://news.example/a?ref=home&source=rss', 'https://news.example/a?ref=home&source=rss'],
    ['https://пример.example/статья', 'https://xn--e1afmkfd.example/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F'],
  ])('%s', (raw, expected) => {
    expect(canonicalUrl(raw)).toBe(expected)
  })

  it('resolves against a base', () => {
    expect(canonicalUrl('../b?utm_id=1', 'https://news.example/x/y/')).toBe('https://news.example/x/b')
  })

  it.each([
    'mailto:ann@news.example',
    'javascript:alert(1)',
    'ftp://news.example/',
    '/a',
    '',
    'https://',
    'data:,x',
  ])('gives null for %j', (raw) => {
    expect(canonicalUrl(raw)).toBeNull()
  })

  it('never throws, is idempotent, and keeps host and path', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()),
        (raw) => {
          const canonical = canonicalUrl(raw)
          if (canonical === null) return
          expect(canonicalUrl(canonical)).toBe(canonical)
          const before = new URL(raw)
          const after = new URL(canonical)
          expect([after.host, after.hash]).toEqual([before.host, ''])
          expect(after.pathname).toBe(before.pathname.replace(/;jsessionid=[^/?#]*/gi, ''))
        },
      ),
    )
  })

  it('takes away tracking parameters wherever they stand among others', () => {
    const kept = fc.constantFrom('id=1', 'page=2', 'q=a%20b', 'flag', 'b=')
    const tracking = fc.constantFrom('utm_source=a', 'fbclid=b', '_ga=1.2', 'mc_cid=x', 'igshid=y')
    fc.assert(
      fc.property(fc.array(fc.oneof(kept, tracking)), (parameters) => {
        const wanted = parameters.filter((one) => !/^(?:utm_|fbclid|_ga|mc_cid|igshid)/.test(one)).join('&')
        const expected = `https://news.example/a${wanted === '' ? '' : `?${wanted}`}`
        expect(canonicalUrl(`https://news.example/a?${parameters.join('&')}`)).toBe(expected)
      }),
    )
  })
})

describe('isSameHost', () => {
  it('ignores a leading www. and the port', () => {
    expect(isSameHost('https://www.news.example/a', 'http://NEWS.example:8080/')).toBe(true)
  })
  it('tells subdomains apart and refuses what is no web address', () => {
    expect(isSameHost('https://en.news.example/', 'https://news.example/')).toBe(false)
    expect(isSameHost('mailto:a@news.example', 'https://news.example/')).toBe(false)
  })
})

describe('isSamePage', () => {
  it('compares canonical addresses', () => {
    expect(isSamePage('https://news.example/a?utm_source=x#top', 'https://news.example/a')).toBe(true)
    expect(isSamePage('https://news.example/a', 'https://news.example/a/')).toBe(false)
    expect(isSamePage('nothing', 'nothing')).toBe(false)
  })
})

it('urlHash is the SHA-256 of the address', () => {
  expect(urlHash('https://news.example/')).toMatch(/^[0-9a-f]{64}$/)
  expect(urlHash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
