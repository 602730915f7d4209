import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { OpenSchedule } from '../../jobs/wiring/open-schedule.ts'
import { scheduleSites } from '../../jobs/wiring/schedule-sites.ts'
import { Scheduler } from '../../jobs/wiring/scheduler.ts'
import type { SiteResult } from '../../jobs/wiring/run-sites.ts'
import { newTally } from '../../src/crawlers/tally.ts'
import { DatabaseUnreachable } from '../../src/db/refusals.ts'
import { readSettings } from '../../src/settings.ts'
import { defineSite } from '../../src/sites/site.ts'
import { StoreUnavailable } from '../../src/store.ts'

const { openSchedule } = vi.hoisted(() => ({ openSchedule: vi.fn<() => Promise<OpenSchedule>>() }))
vi.mock(import('../../jobs/wiring/open-schedule.ts'), async (original) => ({
  ...(await original()),
  openSchedule,
}))

/** What the clocks call. */
const ticks = vi.hoisted(() => new Array<() => Promise<void>>())
vi.mock('node-cron', () => ({
  schedule: (_expression: string, tick: () => Promise<void>) => {
    ticks.push(tick)
    return { destroy: () => undefined }
  },
}))

beforeEach(() => {
  openSchedule.mockReset()
  ticks.length = 0
})

const site = defineSite({ id: 'paper', name: 'Paper', url: 'https://paper.example/', schedule: '0 0 1 1 *' })

const flags = { once: false, queue: false, concurrency: 1, allowPrivateNetwork: false }

/** Runs a schedule whose pass fails with its store, until it was closed, which fails too. */
async function schedule(closing: Error): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'schedule-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stop = new AbortController()
  const scheduler = new Scheduler<SiteResult>({
    now: () => new Date('2026-03-01T10:00:00Z'),
    book: { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    run: () => Promise.reject(new StoreUnavailable('the database went away')),
  })
  const close = (): Promise<never> => {
    setImmediate(() => stop.abort())
    return Promise.reject(closing)
  }
  openSchedule.mockResolvedValue({ scheduler, failures: [], close })
  return scheduleSites(
    { settings: readSettings({ COMMENTARIAT_DATA: folder }), signal: stop.signal },
    flags,
    [site],
  )
}

it('goes on where a database that went away can not be closed', async () => {
  expect(await schedule(new DatabaseUnreachable('the server is gone'))).toBe(0)
})

it('ends with what waiting does not mend', async () => {
  await expect(schedule(new Error('a fault of ours'))).rejects.toThrow('a fault of ours')
})

it('tells once that a site was set aside, and again when it was put back between', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'schedule-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => written.mockRestore())
  const stop = new AbortController()
  let outcome: SiteResult['outcome'] = 'set_aside'
  const scheduler = new Scheduler<SiteResult>({
    now: () => new Date('2026-03-01T10:00:00Z'),
    book: { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    run: ({ id }) =>
      Promise.resolve({ site: id, outcome, error: null, alarms: [], tally: newTally(), seconds: 0 }),
  })
  openSchedule.mockResolvedValue({ scheduler, failures: [], close: () => Promise.resolve() })
  const job = { settings: readSettings({ COMMENTARIAT_DATA: folder }), signal: stop.signal }
  const ended = scheduleSites(job, { ...flags, queue: true }, [site])
  const told = () =>
    written.mock.calls.filter(([line]) => String(line).includes('paper was set aside')).length
  const tick = async () => {
    await ticks[0]!()
    await scheduler.settled()
    await turn()
  }
  await vi.waitFor(() => expect(told()).toBe(1))
  await tick()
  expect(told()).toBe(1)
  outcome = 'not_due'
  await tick()
  outcome = 'set_aside'
  await tick()
  expect(told()).toBe(2)
  stop.abort()
  expect(await ended).toBe(0)
})
