import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextThreadCheck, paceAfter, PATIENCE_MS } from '../../../src/crawlers/thread-pace.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Noon on the site's clock. */
const now = Date.UTC(2026, 2, 10, 12)

const wait = (
  born: number,
  published: readonly number[],
  more: { closed?: boolean; patience?: number } = {},
) =>
  nextThreadCheck(
    { born, pace: paceAfter(null, published, now), closed: more.closed ?? false, offsetHours: 0 },
    now,
    more.patience,
  ) - now

const ago = (minutes: number): number => now - minutes * MINUTE
const burst = Array.from({ length: 20 }, (_, index) => ago(index * 2))

describe('the next check of a thread', () => {
  it('comes within minutes in a burst, and within the hour under a fresh article', () => {
    expect(wait(ago(60), burst)).toBeLessThan(20 * MINUTE)
    expect(wait(ago(5), [])).toBeLessThan(HOUR)
  })

  it('comes later the longer it has been quiet, and at least once in one and a half times the age', () => {
    const born = now - 10 * DAY
    const waits = [1, 6, 24, 72].map((hours) => wait(born, [now - hours * HOUR]))
    expect(waits).toEqual(waits.toSorted((one, other) => one - other))
    expect(wait(born, [])).toBeGreaterThan(2 * DAY)
    expect(wait(born, [])).toBeLessThanOrEqual(15 * DAY)
    expect(wait(now - 400 * DAY, [])).toBe(30 * DAY)
  })

  it('comes soon again under an old article that is found again', () => {
    expect(wait(now - 20 * DAY, burst)).toBeLessThan(25 * MINUTE)
  })

  it('rests when the thread is closed, and still comes back for removals', () => {
    const rest = wait(now - 2 * DAY, burst, { closed: true })
    expect(rest).toBeGreaterThan(DAY)
    expect(rest).toBeLessThanOrEqual(3 * DAY)
  })

  it('comes later at night than by day', () => {
    const plan = (at: number) => ({
      born: at - 3 * HOUR,
      pace: paceAfter(null, [at - HOUR], at),
      closed: false,
      offsetHours: 0,
    })
    const night = Date.UTC(2026, 2, 10, 2)
    expect(nextThreadCheck(plan(night), night) - night).toBeGreaterThan(nextThreadCheck(plan(now), now) - now)
  })

  it('is never in the past, never over 30 days off, and never later for less patience', () => {
    const moments = fc.array(fc.integer({ min: -DAY, max: 60 * DAY }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.integer({ min: -DAY, max: 400 * DAY }), moments, fc.boolean(), (age, ages, closed) => {
        const published = ages.map((before) => now - before)
        const [less, usual] = [PATIENCE_MS / 4, PATIENCE_MS].map((patience) =>
          wait(now - age, published, { closed, patience }),
        )
        expect(usual).toBeGreaterThan(0)
        expect(usual).toBeLessThanOrEqual(30 * DAY)
        expect(less).toBeLessThanOrEqual(usual ?? 0)
      }),
    )
  })
})

describe('the pace of a thread', () => {
  it('is the same whether comments are seen in one visit or in several', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 * DAY }), { maxLength: 40 }), (ages) => {
        const published = ages.map((age) => now - age).toSorted((one, other) => one - other)
        const half = published.length >> 1
        const first = paceAfter(null, published.slice(0, half), published[half] ?? now)
        const stepwise = paceAfter(first, published.slice(half), now)
        const atOnce = paceAfter(null, published, now)
        expect(stepwise.count).toBe(atOnce.count)
        for (const [index, sum] of atOnce.echoes.entries()) expect(stepwise.echoes[index]).toBeCloseTo(sum, 6)
      }),
    )
  })
})
