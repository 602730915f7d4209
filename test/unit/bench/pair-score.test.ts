import { describe, expect, it } from 'vitest'
import { pairScore } from '../../bench/duplicates/pair-score.ts'

const member = (family: string, cluster: number | null) => ({ family, cluster })

describe('pairScore', () => {
  it('counts pairs, not members', () => {
    const members = [member('a', 1), member('a', 1), member('a', null), member('b', 1), member('b', 2)]
    expect(pairScore(members)).toEqual({ precision: 1 / 3, recall: 1 / 4 })
  })

  it('finds nothing wrong where nothing was put together, and nothing right', () => {
    expect(pairScore([member('a', null), member('a', null)])).toEqual({ precision: 1, recall: 0 })
    expect(pairScore([])).toEqual({ precision: 1, recall: 1 })
  })
})
