import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf, checksPerDay } from '../../../src/report/evidence.ts'

const formerly = fc
  .record({ bad: fc.integer({ min: 0, max: 200 }), good: fc.integer({ min: 0, max: 200 }) })
  .map(({ bad, good }) => ({ bad: bad + 0.5, all: bad + good + 1 }))
const draws = fc.integer({ min: 1, max: 40 })

describe('the chance of as many bad ones', () => {
  it('is the whole for none, and falls with each further one', () => {
    fc.assert(
      fc.property(formerly, draws, (former, all) => {
        const chances = Array.from({ length: all + 1 }, (_, bad) => chanceOf({ bad, all }, former))
        expect(chances[0]).toBe(1)
        for (const [index, chance] of chances.entries()) {
          expect(chance).toBeGreaterThanOrEqual(0)
          expect(chance).toBeLessThanOrEqual((chances[index - 1] ?? 1) + 1e-9)
        }
      }),
    )
  })

  it('has the mean that was seen: of so many draws, as large a share is bad', () => {
    fc.assert(
      fc.property(formerly, draws, (former, all) => {
        let mean = 0
        for (let bad = 1; bad <= all; bad++) mean += chanceOf({ bad, all }, former)
        expect(mean).toBeCloseTo((all * former.bad) / former.all, 6)
      }),
    )
  })

  it('is that of the binomial distribution where much is known, and larger where little is', () => {
    expect(chanceOf({ bad: 3, all: 3 }, { bad: 1e7, all: 1e8 })).toBeCloseTo(0.001, 6)
    // All orders of one bad and one good draw are alike: (1/2)(2/3)(3/4).
    expect(chanceOf({ bad: 3, all: 3 }, { bad: 1, all: 2 })).toBeCloseTo(0.25, 12)
  })
})

it('counts how often in a day a site is judged, once at the least', () => {
  const passes = (count: number, hours: number) =>
    Array.from({ length: count }, (_, index) => ({
      at: new Date(Date.UTC(2026, 2, 30) - index * hours * 3_600_000),
    }))
  expect(checksPerDay([])).toBe(1)
  expect(checksPerDay(passes(2, 24 * 30))).toBe(1)
  expect(checksPerDay(passes(49, 1))).toBeCloseTo(24.5)
  expect(checksPerDay(passes(12, 0))).toBe(12)
})
