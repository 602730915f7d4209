import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHttpDate, parseRetryAfter } from '../../../src/crawlers/fetch/retry-after.ts'

const now = Date.UTC(2026, 2, 1, 12, 0, 0)
const day = 24 * 60 * 60 * 1000

describe('parseRetryAfter', () => {
  it.each<[string | null | undefined, number | null]>([
    ['7', 7_000],
    [' 120 ', 120_000],
    ['0', 1_000],
    ['007', 7_000],
    ['1000000000', day],
    ['9'.repeat(400), day],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['sun, 01 mar 2026 12:00:30 gmt', 30_000],
    ['Sunday, 01-Mar-26 12:00:30 GMT', 30_000],
    ['Sun Mar  1 12:00:30 2026', 30_000],
    ['Sun, 01 Mar 2026 12:00:60 GMT', 60_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 1_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 1_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', day],
    ['-5', null],
    ['1e9', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
    ['Sun, 31 Feb 2026 12:00:00 GMT', null],
    ['Sun, 01 Mar 2026 25:00:00 GMT', null],
    ['Sun, 01 Mar 2026 12:00:30 +0900', null],
    ['2026-03-01T12:00:30Z', null],
    [null, null],
    [undefined, null],
  ])('%s', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected)
  })

  it('keeps to the cap it is given', () => {
    expect(parseRetryAfter('7200', now, 3_600_000)).toBe(3_600_000)
  })

  it('is null or between one second and a day for anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (header) => {
        const wait = parseRetryAfter(header, now)
        expect(wait === null || (wait >= 1_000 && wait <= day)).toBe(true)
      }),
    )
  })
})

describe('parseHttpDate', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads %s as UTC',
    (value) => {
      expect(parseHttpDate(value, now)).toBe(784_111_777_000)
    },
  )

  it('takes a two-digit year over fifty years ahead for a past one', () => {
    expect(parseHttpDate('Saturday, 06-Nov-76 08:49:37 GMT', now)).toBe(Date.UTC(2076, 10, 6, 8, 49, 37))
    expect(parseHttpDate('Sunday, 06-Nov-77 08:49:37 GMT', now)).toBe(Date.UTC(1977, 10, 6, 8, 49, 37))
  })

  it('does not depend on the zone of the process', () => {
    const module = new URL('../../../src/crawlers/fetch/retry-after.ts', import.meta.url).href
    const script = `import { parseHttpDate } from ${JSON.stringify(module)}
      console.log(parseHttpDate('Sun Nov  6 08:49:37 1994', 0))`
    const output = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      {
        env: { ...process.env, TZ: 'Asia/Tokyo' },
        encoding: 'utf8',
      },
    )
    expect(output.trim()).toBe('784111777000')
  })
})
