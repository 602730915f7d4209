import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextCheck } from '../../../src/crawlers/revisit.ts'

const now = new Date('2026-03-10T12:00:00Z')
const hour = 3_600_000
const ago = (hours: number): Date => new Date(now.getTime() - hours * hour)
const waitHours = (hours: number): number => (nextCheck(ago(hours), now).getTime() - now.getTime()) / hour

describe('the next check', () => {
  it.each([
    [0, 0],
    [0.15, 0],
    [10, 5],
    [240, 120],
    [24 * 60, 24 * 30],
    [24 * 4000, 24 * 30],
  ])('after %d hours without a change comes in %d hours', (still, wait) => {
    expect(waitHours(still)).toBe(wait)
  })

  it('of what changes in the future, by a clock that went back, is due at once', () => {
    expect(nextCheck(ago(-5), now)).toEqual(now)
  })

  it('is never before now, never over 30 days off, and never sooner for what has been still for longer', () => {
    const hours = fc.double({ min: -1000, max: 1_000_000, noNaN: true })
    fc.assert(
      fc.property(hours, hours, (one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one]
        expect(waitHours(less)).toBeLessThanOrEqual(waitHours(more))
        expect(waitHours(less)).toBeGreaterThanOrEqual(0)
        expect(waitHours(more)).toBeLessThanOrEqual(24 * 30)
      }),
    )
  })
})
