import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitPlaces, rougeLsum } from '../../bench/articles/score/rouge.ts'

/** By the table, cell after cell. */
function lengthByTable(one: readonly string[], other: readonly string[]): number {
  let above = Array.from({ length: other.length + 1 }, () => 0)
  for (const word of one) {
    const row = [0]
    other.forEach((candidate, index) => {
      row.push(
        word === candidate ? (above[index] ?? 0) + 1 : Math.max(above[index + 1] ?? 0, row[index] ?? 0),
      )
    })
    above = row
  }
  return above.at(-1) ?? 0
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let next = 0
  for (const word of whole) if (word === part[next]) next += 1
  return next === part.length
}

describe('longest common subsequences by bits', () => {
  const line = array(constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 90 })

  it('are as long as the table says, and are subsequences of both lines', () => {
    assert(
      property(line, line, (one, other) => {
        const places = new BitPlaces(one).longestCommonSubsequence(other)
        const words = places.toReversed().map((place) => one[place] ?? '')
        expect(words.length).toBe(lengthByTable(one, other))
        expect(isSubsequence(words, other)).toBe(true)
      }),
      { seed: 20_260_301 },
    )
  })
})

describe('rougeLsum', () => {
  it('is 1 for the same words in other case, and 0 without a word in common', () => {
    expect(rougeLsum('The bridge\nis open', 'the Bridge\nis open')).toBe(1)
    expect(rougeLsum('The bridge', 'A ferry')).toBe(0)
    expect(rougeLsum('', '')).toBe(1)
    expect(rougeLsum('The bridge', '')).toBe(0)
  })

  it('joins what the lines of the prediction share with a line of the truth', () => {
    // The example of Lin's paper: w1 w2 from the first line, w1 w3 w5 from the second, so four words of five.
    const score = rougeLsum('w1 w2 w3 w4 w5', 'w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5')
    expect(score).toBeCloseTo((2 * (4 / 10) * (4 / 5)) / (4 / 10 + 4 / 5), 12)
  })

  it('counts a word as often as both texts have it', () => {
    expect(rougeLsum('tick\ntick', 'tick')).toBeCloseTo(2 / 3, 12)
  })

  it('reads long texts without lines in no time', () => {
    const words = Array.from({ length: 6000 }, (_, index) => `w${(index * index) % 1009}`)
    const started = process.cpuUsage()
    expect(rougeLsum(words.join(' '), words.toReversed().join(' '))).toBeLessThan(1)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })
})
