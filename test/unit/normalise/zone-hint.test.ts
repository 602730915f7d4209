import { describe, expect, it } from 'vitest'
import { zoneOfFeed, zoneOfPage } from '../../../src/normalise/zone-hint.ts'

describe('zone of a page', () => {
  it.each([
    ['<meta property="article:published_time" content="2026-03-02T09:30:00+03:00">', 'UTC+03:00'],
    ['{"datePublished":"2026-03-02T09:30+0530"}', 'UTC+05:30'],
    ['<time datetime="2026-03-02T09:30:00.000-05:00">', 'UTC-05:00'],
    ['<time datetime="2026-03-02T09:30:00+00:00">', null],
    ['<time datetime="2026-03-02T09:30:00Z">', null],
    ['<time datetime="2026-03-02T09:30">', null],
    ['<p>at 09:30:00+03:00</p>', null],
  ])('%s', (html, zone) => expect(zoneOfPage(html)).toBe(zone))

  it('goes by the most of them', () => {
    const times = ['+02:00', '+01:00', '+02:00'].map(
      (offset) => `<time datetime="2026-03-02T09:30:00${offset}">`,
    )
    expect(zoneOfPage(times.join(''))).toBe('UTC+02:00')
  })

  it('is quick on a page that promises times and keeps none', () => {
    expect(zoneOfPage('datetime="2026-03-02T09:30:00.'.repeat(10_000))).toBeNull()
  })
})

describe('zone of a feed', () => {
  it.each([
    ['<pubDate>Mon, 02 Mar 2026 09:30:00 +0300</pubDate>', 'UTC+03:00'],
    ['<updated>2026-03-02T09:30:00-03:30</updated>', 'UTC-03:30'],
    ['<pubDate>Mon, 02 Mar 2026 09:30:00 +0000</pubDate>', null],
    ['<pubDate>Mon, 02 Mar 2026 09:30:00 GMT</pubDate>', null],
  ])('%s', (xml, zone) => expect(zoneOfFeed(xml)).toBe(zone))
})
