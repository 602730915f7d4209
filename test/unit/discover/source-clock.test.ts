import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dryStore } from '../../../jobs/wiring/dry-store.ts'
import type { KnownSource } from '../../../src/clocks.ts'
import { afterLook, SourceClock } from '../../../src/crawlers/discover/source-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const start = Date.UTC(2026, 2, 2, 10)
const at = (hours: number): Date => new Date(start + hours * HOUR)
const feed = { kind: 'feed', url: 'https://gazette.example/feed' } as const

const clockOf = (known: readonly KnownSource[], now: Date, refresh = false) =>
  SourceClock.open(
    {
      store: { ...dryStore(() => undefined), sources: async () => known },
      options: { since: null, limit: null, maxRequests: null, comments: true, refresh, articles: [] },
    },
    now,
  )

/** The looks of a scheduler that wakes every half hour, for a feed that brings news in these hours. */
async function looksAt(hours: number, newsHours: readonly number[]): Promise<number[]> {
  let known: KnownSource | null = null
  let lookedAt = -1
  const looks: number[] = []
  for (let hour = 0; hour < hours; hour += 0.5) {
    const now = at(hour)
    const clock = await clockOf(known === null ? [] : [known], now)
    if (!clock.isDue(feed.url)) continue
    looks.push(hour)
    const hasNews = newsHours.some((news) => news > lookedAt && news <= hour)
    known =
      clock.after([{ ...feed, announced: hasNews ? ['news'] : ['old'] }], (hash) => hash === 'news')[0] ??
      null
    lookedAt = hour
  }
  return looks
}

describe('a source', () => {
  it('is asked for the more seldom the longer it was silent, every six hours at the least', async () => {
    expect(await looksAt(24, [])).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3.5, 4.5, 6, 7.5, 9.5, 12, 15, 19])
    const gaps = (await looksAt(24 * 14, []))
      .slice(-20)
      .map((hour, index, all) => hour - (all[index - 1] ?? hour))
    expect(Math.max(...gaps)).toBe(6)
  })

  it('is asked four times in the time in which it usually brings something', async () => {
    const daily = Array.from({ length: 30 }, (_, day) => day * 24)
    const looks = (await looksAt(24 * 30, daily)).filter((hour) => hour >= 24 * 20)
    expect(looks.length / 10).toBeGreaterThanOrEqual(4)
    expect(looks.length / 10).toBeLessThanOrEqual(7)
  })

  it('is asked at each pass while it brings something at each', async () => {
    const always = Array.from({ length: 48 }, (_, half) => half / 2)
    expect(await looksAt(24, always)).toHaveLength(48)
  })

  it('wakes up again from the first news on', async () => {
    const looks = await looksAt(96, [72, 72.5, 73, 73.5, 74, 74.5, 75])
    expect(looks.filter((hour) => hour >= 78).length).toBeLessThan(looks.filter((hour) => hour < 18).length)
    const woken = looks.find((hour) => hour >= 72) ?? 96
    expect(woken).toBeLessThanOrEqual(78)
  })

  it('is due by hand, when an index says that it changed, and by a clock that was put back', async () => {
    const known = afterLook(feed, afterLook(feed, null, true, at(0)), false, at(20))
    expect(known.nextCheckAt).toEqual(at(25))
    expect((await clockOf([known], at(21))).isDue(feed.url)).toBe(false)
    expect((await clockOf([known], at(21), true)).isDue(feed.url)).toBe(true)
    const clock = await clockOf([known], at(21))
    expect(clock.isDue(feed.url, at(20.5))).toBe(true)
    expect(clock.isDue(feed.url, at(500))).toBe(false)
    expect((await clockOf([known], at(-30))).isDue(feed.url)).toBe(true)
    expect(afterLook(feed, known, false, at(-30)).newsAt).toEqual(at(-30))
  })

  it('is never due before the look at it, nor over six hours later', () => {
    const gap = fc.option(fc.nat({ max: 10_000_000 }), { nil: null })
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        gap,
        fc.boolean(),
        (hours, newsGapSeconds, hasNews) => {
          const before = { ...feed, urlHash: '', newsAt: at(0), newsGapSeconds, nextCheckAt: at(0) }
          const { nextCheckAt, newsAt } = afterLook(feed, before, hasNews, at(hours))
          expect(newsAt.getTime()).toBeLessThanOrEqual(at(hours).getTime())
          expect(nextCheckAt.getTime() - at(hours).getTime()).toBeLessThanOrEqual(6 * HOUR)
          const isNow = nextCheckAt <= at(hours)
          expect(isNow || nextCheckAt.getTime() - at(hours).getTime() >= 5 * MINUTE - 1).toBe(true)
        },
      ),
    )
  })
})
