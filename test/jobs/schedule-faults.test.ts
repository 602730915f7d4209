import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { OpenSchedule } from '../../jobs/wiring/open-schedule.ts'
import { scheduleSites } from '../../jobs/wiring/schedule-sites.ts'
import { Scheduler } from '../../jobs/wiring/scheduler.ts'
import type { SiteResult } from '../../jobs/wiring/run-sites.ts'
import { DatabaseUnreachable } from '../../src/db/refusals.ts'
import { readSettings } from '../../src/settings.ts'
import { defineSite } from '../../src/sites/site.ts'
import { StoreUnavailable } from '../../src/store.ts'

const { openSchedule } = vi.hoisted(() => ({ openSchedule: vi.fn<() => Promise<OpenSchedule>>() }))
vi.mock(import('../../jobs/wiring/open-schedule.ts'), async (original) => ({
  ...(await original()),
  openSchedule,
}))

beforeEach(() => void openSchedule.mockReset())

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
