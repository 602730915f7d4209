import { describe, expect, it } from 'vitest'
import { compareBodies, scoreBodies } from '../../bench/articles/score/body.ts'

describe('compareBodies', () => {
  it('shares nothing between texts without a shingle in common', () => {
    expect(compareBodies('one two three four', 'one two three five')).toEqual({
      shared: 0,
      extra: 0.5,
      missing: 0.5,
    })
  })

  it('counts a shingle as often as both texts have it', () => {
    const twice = 'a b c d a b c d'
    // The truth has abcd, bcda, cdab, dabc, abcd; the prediction only the first.
    expect(compareBodies(twice, 'a b c d')).toEqual({ shared: 0.2, extra: 0, missing: 0.8 })
  })

  it('takes fewer than four words for one shingle, and marks and digits for letters', () => {
    expect(compareBodies('No, never.', 'No never')).toEqual({ shared: 1, extra: 0, missing: 0 })
    expect(compareBodies('पुल 12', 'पुल 12')).toEqual({ shared: 1, extra: 0, missing: 0 })
  })

  it('has no parts where neither side has a word', () => {
    expect(compareBodies('', ' … ')).toEqual({ shared: 0, extra: 0, missing: 0 })
  })
})

describe('scoreBodies', () => {
  it('takes precision over the pages with a prediction and recall over those with a truth', () => {
    const pages = [
      { shared: 1, extra: 0, missing: 0 },
      { shared: 0, extra: 0, missing: 1 },
      { shared: 0.25, extra: 0.75, missing: 0 },
    ]
    const { precision, recall, f1 } = scoreBodies(pages)
    expect(precision).toBe((1 + 0.25) / 2)
    expect(recall).toBe((1 + 0 + 1) / 3)
    expect(f1).toBeCloseTo((2 * 0.625 * (2 / 3)) / (0.625 + 2 / 3), 12)
  })
})
