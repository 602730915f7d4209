import { assert, date, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localTime } from '../../../src/normalise/local-time.ts'

const at = new Date('2026-03-11T22:30:00Z')

describe('a moment by its own clock', () => {
  it.each([
    ['2026-03-12T04:00:00+05:30', 'UTC', '2026-03-12T04:00:00.000+05:30'],
    ['Wed, 11 Mar 2026 19:30:00 -0300', 'Asia/Tokyo', '2026-03-11T19:30:00.000-03:00'],
    ['2026-03-11T22:30:00Z', 'Europe/Berlin', '2026-03-11T23:30:00.000+01:00'],
    ['11 March 2026, 23:30', 'Europe/Berlin', '2026-03-11T23:30:00.000+01:00'],
    ['11-03-2026', 'Europe/Berlin', '2026-03-11T23:30:00.000+01:00'],
    ['3/11/26, 7:30 PM -03:00', 'Asia/Tokyo', '2026-03-11T19:30:00.000-03:00'],
    ['1773268200', 'Europe/Riga', '2026-03-12T00:30:00.000+02:00'],
  ])('%s on a site in %s is %s', (raw, timezone, expected) => {
    expect(localTime(at, raw, timezone)).toBe(expected)
  })

  it('is the same moment', () => {
    assert(
      property(date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (moment) => {
        expect(Date.parse(localTime(moment, '', 'America/St_Johns'))).toBe(moment.getTime())
      }),
    )
  })
})
