import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptOfAnswer, keptOfPage, refusalOf } from '../../src/crawlers/usage-policy.ts'
import { parseHtml } from '../../src/extractors/page.ts'
import {
  refusedUse,
  taggedDirectives,
  usageMarks,
  usageWishes,
  type UsageWishes,
} from '../../src/extractors/usage-wishes.ts'
import type { CapturedAnswer } from '../../src/store.ts'

const now = new Date('2026-03-01T12:00:00Z')

const wishesOf = (headers: Readonly<Record<string, string>>, head = ''): UsageWishes =>
  usageWishes(headers, usageMarks(parseHtml(`<html><head>${head}</head><body><p>x</p></body></html>`)), now)

const meta = (name: string, content: string): string => `<meta name="${name}" content="${content}">`

describe('robots directives', () => {
  it.each<[string, string[]]>([
    ['noindex', ['noindex']],
    ['NOINDEX, NoArchive', ['noindex', 'noarchive']],
    ['googlebot: noindex', []],
    ['googlebot: noindex, nofollow', []],
    ['googlebot: nofollow\nnoindex', ['noindex']],
    ['Commentariat: none', ['none']],
    ['otherbot: noindex\ncommentariat: noarchive', ['noarchive']],
    ['max-snippet: 20, max-image-preview:large', ['max-snippet: 20', 'max-image-preview:large']],
    [
      'unavailable_after: Sunday, 01-Mar-26 10:00:00 GMT, noarchive',
      ['unavailable_after: sunday, 01-mar-26 10:00:00 gmt', 'noarchive'],
    ],
    ['', []],
    [' , ,', []],
  ])('of X-Robots-Tag %j: %j', (tag, expected) => {
    expect(taggedDirectives(tag)).toEqual(expected)
  })

  it('of meta elements, for everyone and for us, join those of the header', () => {
    const head =
      meta('ROBOTS', 'index, noarchive') + meta('googlebot', 'noindex') + meta('commentariat', 'nosnippet')
    const { directives, marks } = wishesOf({ 'x-robots-tag': 'nofollow' }, head)
    expect(directives).toEqual(['nofollow', 'index', 'noarchive', 'nosnippet'])
    expect(marks).toEqual({ 'meta:robots': 'index, noarchive, nosnippet' })
  })
})

describe('a page is not to be stored', () => {
  it.each<[Readonly<Record<string, string>>, string, string | null]>([
    [{}, '', null],
    [{ 'x-robots-tag': 'noindex' }, '', 'noindex'],
    [{}, meta('robots', 'none'), 'noindex'],
    [{}, meta('robots', 'index, follow, noarchive, max-image-preview:large'), null],
    [{ 'x-robots-tag': 'unavailable_after: 2026-02-28' }, '', 'unavailable_after'],
    [{ 'x-robots-tag': 'unavailable_after: 2027-02-28' }, '', null],
    [{ 'x-robots-tag': 'unavailable_after: Saturday, 28-Feb-26 10:00:00 GMT' }, '', 'unavailable_after'],
    [{ 'tdm-reservation': '1' }, '', 'tdm-reservation'],
    [{ 'tdm-reservation': '0' }, '', null],
    [{ 'tdm-reservation': 'yes' }, '', 'tdm-reservation'],
    [{ 'tdm-reservation': '1' }, meta('tdm-reservation', '0'), null],
    [{ 'tdm-reservation': '0' }, meta('TDM-Reservation', '1'), 'tdm-reservation'],
    [{ 'content-usage': 'train-ai=n' }, '', null],
    [{ 'content-usage': 'bots=n' }, '', 'tdm-reservation'],
    [{ 'robots.txt:content-usage': 'tdm=n, search=y' }, '', 'tdm-reservation'],
    [{ 'content-usage': 'bots=y', 'robots.txt:content-usage': 'bots=n' }, '', null],
  ])('%j %s: %s', (headers, head, expected) => {
    expect(refusedUse(wishesOf(headers, head), now)).toBe(expected)
  })

  it.each([
    ['2027-02-28', '2027-02-28T00:00:00Z'],
    ['Sunday, 28-Feb-27 10:00:00 GMT', '2027-02-28T10:00:00Z'],
    ['28 Feb 2041 10:00:00 GMT, unavailable_after: 2043-02-28', '2041-02-28T10:00:00Z'],
    ['2026-02-28', '2026-02-28T00:00:00Z'],
    ['never', null],
  ])('know the last day of a page, years ahead or past: %s', (tag, expected) => {
    const { unavailableAfter } = wishesOf({ 'x-robots-tag': `unavailable_after: ${tag}` })
    expect(unavailableAfter).toEqual(expected === null ? null : new Date(expected))
  })

  it('unless the publisher agrees', () => {
    const wishes = wishesOf({ 'x-robots-tag': 'noindex' })
    expect(refusalOf({ usageWishes: 'obey' }, wishes, now)).toBe('noindex')
    expect(refusalOf({ usageWishes: 'record' }, wishes, now)).toBeNull()
  })
})

describe('preferences', () => {
  it('are recorded by category, the answer before robots.txt', () => {
    const { preferences } = wishesOf({
      'content-usage': 'train-ai=n;exact, search',
      'robots.txt:content-usage': 'train-ai=y, search=y',
      'content-signal': 'ai-train=no',
    })
    expect(preferences).toEqual({ 'train-ai': 'n', search: 'y', 'ai-train': 'no' })
  })
})

describe('copies', () => {
  const headers = { etag: '"1"', 'last-modified': 'yesterday', 'content-type': 'text/html' }
  const capture: CapturedAnswer = {
    url: 'https://news.example/a',
    requestHash: 'a',
    kind: 'article',
    fetchedAt: now,
    status: 200,
    headers,
    body: Buffer.from('page'),
    gzip: Buffer.from('packed'),
    bodyHash: 'b',
    before: null,
  }

  it('are not kept where "noarchive" or "noindex" is said, nor are their validators', () => {
    for (const content of ['noarchive', 'nocache', 'noindex', 'none']) {
      const kept = keptOfPage({ usageWishes: 'obey' }, capture, wishesOf({}, meta('robots', content)))
      expect(kept).toMatchObject({ headers: { 'meta:robots': content }, gzip: null, bodyHash: 'b' })
      expect([kept.body.length, kept.headers['etag'], kept.headers['last-modified']]).toEqual([
        0,
        undefined,
        undefined,
      ])
    }
    const tagged = { ...capture, headers: { ...headers, 'x-robots-tag': 'noarchive' } }
    expect(keptOfAnswer({ usageWishes: 'obey' }, tagged).body.length).toBe(0)
  })

  it('are kept otherwise, with what was said', () => {
    const wishes = wishesOf(
      {},
      meta('robots', 'noarchive') + meta('tdm-policy', 'https://news.example/policy'),
    )
    const kept = keptOfPage({ usageWishes: 'record' }, capture, wishes)
    expect(kept.body).toBe(capture.body)
    expect(kept.headers).toEqual({
      ...headers,
      'meta:robots': 'noarchive',
      'meta:tdm-policy': 'https://news.example/policy',
    })
    const tagged = { ...capture, headers: { ...headers, 'x-robots-tag': 'noindex' } }
    expect(keptOfAnswer({ usageWishes: 'obey' }, tagged)).toBe(tagged)
  })
})

it('reads anything without a fault, and never as a permission', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (tag, reservation) => {
      const wishes = wishesOf({ 'x-robots-tag': `${tag}\nnoindex`, 'tdm-reservation': reservation })
      return refusedUse(wishes, now) === 'noindex' && wishes.isMiningReserved === (reservation.trim() !== '0')
    }),
  )
})
