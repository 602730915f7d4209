import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { parseSince } from '../../jobs/wiring/parse-since.ts'

describe('--since', () => {
  it.each(['UTC', 'America/New_York', 'Asia/Tokyo'])('means UTC on a machine in %s', (zone) => {
    vi.stubEnv('TZ', zone)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    expect(parseSince('2026-01-31')).toEqual(new Date('2026-01-31T00:00:00Z'))
    expect(parseSince('2026-01-31T12:00')).toEqual(new Date('2026-01-31T12:00:00Z'))
    expect(parseSince('2026-01-31T12:00:30.5Z')).toEqual(new Date('2026-01-31T12:00:30.500Z'))
  })

  it('is an age too, by hours, days or weeks', () => {
    const now = new Date('2026-03-15T10:00:00Z')
    vi.useFakeTimers({ now })
    onTestFinished(() => void vi.useRealTimers())
    expect(['12h', '7d', '2w'].map((age) => (now.getTime() - parseSince(age).getTime()) / 3_600_000)).toEqual(
      [12, 168, 336],
    )
  })

  it.each(['', '7', '7m', 'yesterday', '2026-13-01', '2026-01-31T', '2026-01-31T25:00', '31.01.2026'])(
    'is not %j',
    (value) => {
      expect(() => parseSince(value)).toThrow(/give 7d, 12h, 2w or 2026-01-31/)
    },
  )
})
