import { assert, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readingKey } from '../../../src/crawlers/confirm-page.ts'
import { defineSite } from '../../../src/sites/site.ts'

const url = 'https://gazette.example/news/bridge'
const site = defineSite({ id: 'gazette', name: 'Gazette', url: 'https://gazette.example/' })
const options = {
  since: null,
  limit: null,
  maxRequests: null,
  comments: true,
  refresh: false,
  articles: [],
}
const pass = { site, zoneHint: 'Europe/Berlin', options }
const capture = {
  url,
  requestHash: '',
  kind: 'article',
  fetchedAt: new Date('2026-03-02T10:00:00Z'),
  status: 200,
  headers: { 'content-type': 'text/html', etag: '"one"' },
  bodyHash: 'ab'.repeat(32),
  before: null,
} as const

const keyOf = (told: object = {}, reader: object = {}, address = url) =>
  readingKey({ ...pass, ...reader }, { answer: { url: address }, capture: { ...capture, ...told } })

const hourLater = (hours: number) => new Date(capture.fetchedAt.getTime() + hours * 3_600_000)

describe('the key of a reading', () => {
  it.each([
    ['the bytes', () => keyOf({ bodyHash: 'cd'.repeat(32) })],
    ['the address after redirects', () => keyOf({}, {}, `${url}/`)],
    ['the type of the page', () => keyOf({ headers: { 'content-type': 'text/html; charset=koi8-r' } })],
    [
      'what the host asks of machines',
      () => keyOf({ headers: { ...capture.headers, 'x-robots-tag': 'noindex' } }),
    ],
    [
      'what robots.txt says of its use',
      () => keyOf({ headers: { ...capture.headers, 'robots.txt:content-usage': 'bots=n' } }),
    ],
    ['the declaration of the site', () => keyOf({}, { site: { ...site, timezone: 'Asia/Tokyo' } })],
    ['the zone that its feeds tell', () => keyOf({}, { zoneHint: null })],
  ])('depends on %s', (_, other) => {
    expect(other()).not.toBe(keyOf())
    expect(other()).toBe(other())
  })

  it('does not depend on what feeds tell of a zone that is declared', () => {
    const declared = { ...site, timezone: 'Asia/Tokyo' }
    expect(keyOf({}, { site: declared, zoneHint: null })).toBe(keyOf({}, { site: declared }))
  })

  it('depends neither on validators nor on what else is kept beside the headers of a page', () => {
    const headers = {
      ...capture.headers,
      etag: '"two"',
      'last-modified': 'today',
      'meta:robots': 'noarchive',
    }
    expect(keyOf({ headers })).toBe(keyOf())
  })

  it('changes once in each week, and not for all pages at once', () => {
    assert(
      property(uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const bodyHash = Buffer.from(bytes).toString('hex')
        // Two weeks are 336 steps from hour to hour, between 337 looks.
        const keys = Array.from({ length: 24 * 14 + 1 }, (_, hour) =>
          keyOf({ bodyHash, fetchedAt: hourLater(hour) }),
        )
        const changes = keys.flatMap((key, hour) => (hour > 0 && key !== keys[hour - 1] ? [hour] : []))
        expect(changes.length).toBe(2)
        expect(changes[1]! - changes[0]!).toBe(24 * 7)
      }),
      { numRuns: 20 },
    )
    const changeOf = (bodyHash: string) =>
      Array.from({ length: 24 * 7 + 1 }, (_, hour) =>
        keyOf({ bodyHash, fetchedAt: hourLater(hour) }),
      ).findIndex((key, hour, keys) => hour > 0 && key !== keys[hour - 1])
    const changes = Array.from({ length: 16 }, (_, page) => changeOf(page.toString(16).repeat(64)))
    expect(new Set(changes).size).toBeGreaterThan(10)
  })

  it.each([
    ['that a browser shows', { site: { ...site, needsBrowser: true } }],
    ['whose comments nobody asked for', { options: { ...options, comments: false } }],
  ])('is none for a page %s', (_, reader) => {
    expect(keyOf({}, reader)).toBeNull()
  })
})
