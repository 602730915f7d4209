import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Announcement } from '../../../src/crawlers/discover/announcement.ts'
import { mergeAnnouncements } from '../../../src/crawlers/discover/merge.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)

const announce = (name: string, known: Partial<Announcement> = {}): Announcement => ({
  url: `https://harbour.example/${name}`,
  publishedAt: null,
  modifiedAt: null,
  title: null,
  commentCount: null,
  ...known,
})

const names = (announcements: readonly Announcement[]) =>
  announcements.map(({ url }) => url.split('/').at(-1))

describe('announcements of several sources', () => {
  const feed = [
    announce('old', { publishedAt: day('2026-01-01') }),
    announce('new', { publishedAt: day('2026-03-01'), title: 'New' }),
  ]
  const frontPage = [announce('unknown'), announce('new', { title: 'NEW!', commentCount: 4 })]
  const sitemap = [
    announce('touched', { modifiedAt: day('2026-03-09') }),
    announce('untouched', { modifiedAt: day('2025-01-01') }),
  ]

  it('come as one list: dated ones newest first, then listed ones, then those of sitemaps', () => {
    expect(names(mergeAnnouncements([feed, frontPage, sitemap]))).toEqual([
      'new',
      'old',
      'unknown',
      'touched',
      'untouched',
    ])
  })

  it('complete each other, the first one being believed', () => {
    expect(mergeAnnouncements([feed, frontPage])[0]).toEqual(
      announce('new', { publishedAt: day('2026-03-01'), title: 'New', commentCount: 4 }),
    )
  })

  it('leave out what is known to be older, and keep what is of unknown age', () => {
    const merged = mergeAnnouncements([feed, frontPage, sitemap], { since: day('2026-02-01') })
    expect(names(merged)).toEqual(['new', 'unknown', 'touched'])
  })

  it('stop at the limit', () => {
    expect(names(mergeAnnouncements([feed, frontPage, sitemap], { limit: 2 }))).toEqual(['new', 'old'])
  })

  it('are one for each address, whatever the sources', () => {
    const source = fc.array(fc.constantFrom(...feed, ...frontPage, ...sitemap))
    fc.assert(
      fc.property(fc.array(source), (sources) => {
        const merged = names(mergeAnnouncements(sources))
        expect(merged).toHaveLength(new Set(sources.flat().map(({ url }) => url)).size)
        expect(new Set(merged).size).toBe(merged.length)
      }),
      { seed: 7 },
    )
  })
})
