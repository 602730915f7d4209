import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { holdSite, LeaseLost, type SiteLease } from '../../src/db/site-leases.ts'
import { openSiteStore } from '../../src/db/site-store.ts'
import { describeEachDatabase } from './each-database.ts'
import { newDatabase } from './new-database.ts'
import { commentWith, pageOf, storeOf } from './page-to-save.ts'
import { dumpTables, rowsOf } from './table-dump.ts'

const leases = (open: OpenDatabase) =>
  rowsOf(open, sql`select site_id, epoch::int, holder is null as is_free from site_leases order by site_id`)

async function twoProcesses(): Promise<readonly [OpenDatabase, OpenDatabase]> {
  const made = await newDatabase('server')
  onTestFinished(() => made.remove())
  return [await made.open(), await made.open()]
}

/** What is as if nothing had been heard of a holder for a minute. */
const silence = (open: OpenDatabase) =>
  rowsOf(open, sql`update site_leases set renewed_at = renewed_at - interval '1 minute'`)

const storeUnder = (open: OpenDatabase, lease: SiteLease, runId: number) =>
  openSiteStore(open.db, {
    siteId: lease.siteId,
    runId,
    isFamilyMember: false,
    revisit: revisitPolicy,
    lease,
  })

describeEachDatabase('a site', (open) => {
  it('is held by one at a time, and free again however the work ends', async () => {
    const answer = await holdSite(open(), 'a', async () => ({
      same: await holdSite(open(), 'a', async () => 'ran'),
      different: await holdSite(open(), 'b', async () => 'ran'),
    }))
    expect(answer).toEqual({ same: null, different: 'ran' })
    await expect(holdSite(open(), 'a', () => Promise.reject(new Error('fault')))).rejects.toThrow('fault')
    expect(await leases(open())).toEqual([
      { site_id: 'a', epoch: 2, is_free: true },
      { site_id: 'b', epoch: 1, is_free: true },
    ])
  })
})

describe('a site of which another process holds the lease', () => {
  it('is refused as long as that process is heard of', async () => {
    const [one, other] = await twoProcesses()
    const answer = await holdSite(one, 'a', () => holdSite(other, 'a', async () => 'ran'))
    expect(answer).toBeNull()
    expect(await holdSite(other, 'a', async () => 'ran')).toBe('ran')
  })

  it('is free as soon as the session of that process has ended', async () => {
    const [one, other] = await twoProcesses()
    await holdSite(one, 'a', async () => {
      await rowsOf(other, sql`select pg_terminate_backend(session_pid) from site_leases`)
      await expect.poll(() => holdSite(other, 'a', async () => 'ran')).toBe('ran')
    })
  })

  it('writes nothing that a process did which stood still for a minute', async () => {
    const [one, other] = await twoProcesses()
    const { runId } = await storeOf(one, { id: 'a' })
    const visit = { comments: [commentWith({ nativeId: '1' })] }
    const late = await holdSite(one, 'a', async (lease) => {
      const store = storeUnder(one, lease, runId)
      await silence(one)
      await holdSite(other, 'a', (next) => storeUnder(other, next, runId).savePage(pageOf(visit)))
      const before = await dumpTables(other)
      const { capture } = pageOf(visit)
      const failure = { url: null, stage: 'fetch', class: 'timeout', message: '', at: new Date() } as const
      const writes = [
        () => store.savePage(pageOf({ article: { canonicalUrl: 'https://gazette.example/news/other' } })),
        () => store.savePage(pageOf({ article: { title: 'Another headline' } })),
        () => store.keepSource({ ...capture, kind: 'feed' }),
        () => store.keepNonArticle(capture),
        () => store.keepReserved(capture),
        () => store.markGone('0'.repeat(64), new Date()),
        () => store.noteTimezone('Europe/Riga'),
        () => store.recordFailure(failure),
      ]
      for (const write of writes) await expect(write()).rejects.toThrow(LeaseLost)
      expect(await dumpTables(other)).toEqual(before)
      return lease.signal.aborted
    })
    expect(late).toBe(true)
    expect(await leases(one)).toEqual([{ site_id: 'a', epoch: 2, is_free: true }])
  })

  it('is not given away while that process commits, and is when its transaction stands still', async () => {
    const [one, other] = await twoProcesses()
    const { runId } = await storeOf(one, { id: 'a' })
    await holdSite(one, 'a', async (lease) => {
      await silence(one)
      await one.db.transaction(async (transaction) => {
        await transaction.execute(sql`select from site_leases where site_id = 'a' for key share`)
        expect(await holdSite(other, 'a', async () => 'ran')).toBeNull()
      })
      await storeUnder(one, lease, runId).savePage(pageOf())
      expect(await holdSite(other, 'a', async () => 'ran')).toBe('ran')
    })
    const limit = sql`select current_setting('idle_in_transaction_session_timeout') as standstill`
    expect(await rowsOf(one, limit)).toEqual([{ standstill: '15s' }])
  })
})
