import { describe, expect, it } from 'vitest'
import { patiently } from '../../../src/db/patience.ts'
import { StoreUnavailable } from '../../../src/store.ts'

const faultOf = (code: string): Error =>
  new Error('the query failed', { cause: Object.assign(new Error(`said ${code}`), { code }) })

/** A clock that only naps move on, and work that fails so often. */
function rehearsal(code: string, times: number, stop = new AbortController()) {
  let now = 0
  let calls = 0
  const told: string[] = []
  const work = async (): Promise<string> => {
    if (calls++ < times) throw faultOf(code)
    return 'done'
  }
  const patience = {
    signal: stop.signal,
    onWait: (reason: string) => void told.push(reason),
    clock: () => now,
    sleep: async (milliseconds: number) => void (now += milliseconds),
  }
  return { result: patiently(work, patience), calls: () => calls, now: () => now, told }
}

describe('a transaction', () => {
  it.each(['40001', '40P01', '55P03', '57014'])(
    'that stood in another one’s way (%s) is done five times more, soon',
    async (code) => {
      const mended = rehearsal(code, 5)
      expect(await mended.result).toBe('done')
      expect(mended.calls()).toBe(6)
      expect(mended.now()).toBeLessThan(5000)
      const hopeless = rehearsal(code, 6)
      await expect(hopeless.result).rejects.toThrow('the query failed')
      expect(hopeless.calls()).toBe(6)
    },
  )

  it.each([
    'CONNECTION_CLOSED',
    'ECONNREFUSED',
    'ENOTFOUND',
    'EHOSTUNREACH',
    '57P01',
    '08006',
    '53300',
    '25006',
  ])('that finds the database away (%s) waits for five minutes, and says so once', async (code) => {
    const mended = rehearsal(code, 50)
    expect(await mended.result).toBe('done')
    expect(mended.told).toEqual([`said ${code}`])
    const hopeless = rehearsal(code, 1_000_000)
    await expect(hopeless.result).rejects.toThrow(StoreUnavailable)
    await expect(hopeless.result).rejects.toThrow(`the database can't be used (said ${code})`)
    expect(hopeless.now()).toBeGreaterThan(300_000)
    expect(hopeless.now()).toBeLessThan(310_000)
  })

  it('that waits is given up when the job is stopped', async () => {
    const stop = new AbortController()
    stop.abort()
    const { result, calls } = rehearsal('ECONNREFUSED', 10, stop)
    await expect(result).rejects.toThrow(StoreUnavailable)
    expect(calls()).toBe(1)
  })

  it('that finds the disk full is not done again', async () => {
    const { result, calls } = rehearsal('53100', 10)
    await expect(result).rejects.toThrow(/disk of the database is full \(said 53100\); make room/)
    expect(calls()).toBe(1)
  })

  it.each(['22021', '23505', '42P01'])('that is wrong by itself (%s) is not done again', async (code) => {
    const { result, calls } = rehearsal(code, 10)
    await expect(result).rejects.toThrow('the query failed')
    expect(calls()).toBe(1)
  })
})
