import { describe, expect, it } from 'vitest'
import { takeFirst } from '../../../src/extractors/article/fields/answers.ts'
import { cleanTitle, rankTitles, type TitleClaim } from '../../../src/extractors/article/fields/title.ts'

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

describe('rankTitles', () => {
  const choose = (claims: Partial<Record<TitleClaim['rule'], string>>, documentTitle = '', isNews = false) =>
    takeFirst(
      rankTitles(
        (['metadata', 'json-ld', 'microdata', 'heuristic'] as const).map((rule) => ({
          rule,
          title: claims[rule] ?? null,
        })),
        { ...page, headline: claims.heuristic ?? null, documentTitle, isNews },
      ),
      null,
    )
  const shown = 'Ferry back on the water after four years'
  const searched = 'Harbour ferry 2026: times and fares'

  it('takes the headline that readers see, not what is written for search engines', () => {
    const claims = { 'json-ld': searched, metadata: searched, heuristic: 'New ferry times and fares' }
    expect(choose(claims, searched)).toEqual({ value: 'New ferry times and fares', rule: 'heuristic' })
  })

  it("trusts a newsroom's own headline until the others agree on another", () => {
    const claims = { 'json-ld': shown, metadata: 'Ferry is back', heuristic: 'Back on the water' }
    expect(choose(claims, searched, true)).toEqual({ value: shown, rule: 'json-ld' })
    const agreed = { 'json-ld': searched, metadata: shown, heuristic: shown }
    expect(choose(agreed, shown, true)).toEqual({ value: shown, rule: 'metadata' })
  })

  it('passes by a heading that has nothing to do with any title', () => {
    const claims = { metadata: shown, heuristic: 'Support our work' }
    expect(choose(claims, shown)).toEqual({ value: shown, rule: 'metadata' })
    const chinese = { metadata: '渡轮四年后恢复通航', heuristic: '渡轮停航四年后重新起航' }
    expect(choose(chinese)).toEqual({ value: '渡轮停航四年后重新起航', rule: 'heuristic' })
  })

  it('takes titles that differ in punctuation for one', () => {
    const claims = { metadata: 'Harbour: Ferry sails again', heuristic: 'Harbour Ferry sails again' }
    expect(choose(claims).value).toBe('Harbour: Ferry sails again')
  })

  it("passes by the site's own name, unless there is nothing else", () => {
    expect(choose({ heuristic: 'The Coast' }, shown)).toMatchObject({ value: shown })
    expect(choose({ heuristic: 'Coastpaper' }, shown)).toMatchObject({ value: shown })
    expect(choose({ heuristic: 'The Coast' }, 'The Coast')).toMatchObject({ value: 'The Coast' })
  })

  it('falls back to the title of the document', () => {
    expect(choose({}, 'Ferry sails again | The Coast')).toEqual({
      value: 'Ferry sails again',
      rule: 'heuristic',
    })
    expect(choose({})).toEqual({ value: null, rule: 'none' })
  })
})
