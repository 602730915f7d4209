import { describe, expect, it } from 'vitest'
import { cleanTitle } from '../../../src/extractors/article/title.ts'

const page = { headline: null, siteName: 'The Coast', pageUrl: 'https://www.coastpaper.example/a' }

describe('cleanTitle', () => {
  it.each([
    ['Ferry sails again | The Coast', 'Ferry sails again'],
    ['Ferry sails again – The Coast', 'Ferry sails again'],
    ['Ferry sails again - coastpaper.example', 'Ferry sails again'],
    ['Ferry - the last boat', 'Ferry - the last boat'],
    ['The Coast', 'The Coast'],
    ['  Ferry\n sails\u00AD again ', 'Ferry sails again'],
  ])('makes of "%s" "%s"', (raw, expected) => {
    expect(cleanTitle(raw, page)).toBe(expected)
  })

  it('takes the visible headline where the title is that with something glued to it, or cut', () => {
    const headline = 'Ferry sails again, four years after the last boat left the old harbour'
    expect(cleanTitle(`${headline} | Harbour | News`, { ...page, headline })).toBe(headline)
    expect(cleanTitle(`Harbour news: | ${headline}`, { ...page, headline })).toBe(headline)
    expect(cleanTitle(`${headline.slice(0, 50)}…`, { ...page, headline })).toBe(headline)
  })

  it('keeps a title that says something else than the headline', () => {
    expect(cleanTitle('Why the ferry is back', { ...page, headline: 'Ferry sails again' })).toBe(
      'Why the ferry is back',
    )
    expect(cleanTitle(null, page)).toBeNull()
  })
})
