import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { readNewsHours } from '../../src/db/pass-measures.ts'
import { finishRun, noteVerdict, type RunOutcome, startRun } from '../../src/db/runs.ts'
import { readSiteChecks, saveSiteCheck } from '../../src/db/site-checks.ts'
import { saveSite } from '../../src/db/sites.ts'
import type { FailureClass } from '../../src/failure.ts'
import { defineSite } from '../../src/sites/site.ts'
import { describeEachDatabase } from './each-database.ts'
import { captureOf, firstVisit, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const url = 'https://gazette.example/news/bridge'

describeEachDatabase('failures and runs', (open) => {
  const failure = (name: FailureClass, at: Date, address: string | null = url) =>
    ({ url: address, stage: 'fetch', class: name, message: `it was ${name}`, at }) as const

  it('hold what went wrong, with its run and site', async () => {
    const { store, runId } = await storeOf(open(), { id: 'recorded' })
    await store.recordFailure(failure('timeout', firstVisit))
    await store.recordFailure({ ...failure('not_a_feed', later(1), null), stage: 'discover' })
    expect(
      await rowsOf(
        open(),
        sql`
        select run_id::int as run, url, stage, class, message, attempt, at from failures
        where site_id = 'recorded' order by id`,
      ),
    ).toEqual([
      {
        run: runId,
        url,
        stage: 'fetch',
        class: 'timeout',
        message: 'it was timeout',
        attempt: 1,
        at: '2026-03-02 10:00:00+00',
      },
      {
        run: runId,
        url: null,
        stage: 'discover',
        class: 'not_a_feed',
        message: 'it was not_a_feed',
        attempt: 1,
        at: '2026-03-02 11:00:00+00',
      },
    ])
  })

  it.each<[FailureClass, boolean]>([
    ['timeout', true],
    ['throttled', true],
    ['store_error', true],
    ['too_large', false],
    ['robots_refused', false],
    ['not_an_article', false],
    ['gone', false],
  ])('make a page that was %s due again: %s', async (name, isDue) => {
    const { store } = await storeOf(open(), { id: `retry-${name.replaceAll('_', '-')}` })
    await store.recordFailure(failure(name, firstVisit))
    expect(await store.duePages(later(24 * 6), 10)).toEqual(isDue ? [url] : [])
    expect(await store.duePages(later(24 * 8), 10)).toEqual([])
  })

  it('make a page due no more than ten times', async () => {
    const { store } = await storeOf(open(), { id: 'ten-times' })
    for (let hour = 0; hour < 9; hour++) await store.recordFailure(failure('timeout', later(hour)))
    expect(await store.duePages(later(10), 10)).toEqual([url])
    await store.recordFailure(failure('timeout', later(10)))
    expect(await store.duePages(later(11), 10)).toEqual([])
  })

  it('make no page due that is held since, under whatever address', async () => {
    const { store, save } = await storeOf(open(), { id: 'held-since' })
    const alias = 'https://gazette.example/?p=4711'
    for (const address of [url, alias]) await store.recordFailure(failure('timeout', firstVisit, address))
    await save({ askedUrl: alias, at: later(1) })
    await save({ askedUrl: alias, at: later(100) })
    expect(await store.duePages(later(101), 10)).toEqual([])
  })

  it('make no page due that turned out to be no article', async () => {
    const { store } = await storeOf(open(), { id: 'set-aside' })
    await store.recordFailure(failure('timeout', firstVisit))
    await store.keepNonArticle(captureOf(url, 'a list', { fetchedAt: later(1) }))
    expect(await store.duePages(later(2), 10)).toEqual([])
  })

  it('show in the health of the site', async () => {
    const { db } = open()
    const healthOf = async (id: string) =>
      (
        await rowsOf(
          open(),
          sql`select state, reason, extract(epoch from since)::int as since, last_outcome, last_failures, articles from site_health where site_id = ${id}`,
        )
      )[0]
    await saveSite(db, defineSite({ id: 'health', name: 'Gazette', url: 'https://gazette.example/' }))
    expect(await healthOf('health')).toEqual({
      state: 'new',
      reason: 'no pass over it has ended yet',
      since: null,
      last_outcome: null,
      last_failures: 0,
      articles: 0,
    })
    const { store, save, runId } = await storeOf(open(), { id: 'health' })
    await save()
    await store.recordFailure(failure('timeout', later(0.1)))
    const end = { counters: { requests: 3 }, error: null }
    await finishRun(db, runId, { ...end, outcome: 'partial', finishedAt: later(0.2) })
    await noteVerdict(db, runId, { name: 'degraded', reason: '1 of 2 pages failed' })
    expect(await healthOf('health')).toMatchObject({
      state: 'degraded',
      reason: '1 of 2 pages failed',
      since: firstVisit.getTime() / 1000,
      last_outcome: 'partial',
      last_failures: 1,
      articles: 1,
    })
    const runAt = async (hour: number, job: string, outcome: RunOutcome, name: string | null) => {
      const id = await startRun(db, 'health', job, later(hour))
      const counters = { articles: { new: hour } }
      await finishRun(db, id, { ...end, counters, outcome, finishedAt: later(hour + 0.5) })
      await noteVerdict(db, id, name === null ? null : { name, reason: `${name} at ${hour}` })
      const { state, since, reason } = (await healthOf('health')) ?? {}
      return [state, reason, since]
    }
    const at = (hour: number) => later(hour).getTime() / 1000
    expect(await runAt(1, 'crawl', 'partial', 'blocked')).toEqual(['blocked', 'blocked at 1', at(1)])
    expect(await runAt(2, 'schedule', 'partial', 'blocked')).toEqual(['blocked', 'blocked at 2', at(1)])
    // One that was cut short says nothing, nor does what is read of stored pages or of pages brought from elsewhere.
    expect(await runAt(3, 'crawl', 'interrupted', null)).toEqual(['blocked', 'blocked at 2', at(1)])
    expect(await runAt(4, 'import', 'done', 'healthy')).toEqual(['blocked', 'blocked at 2', at(1)])
    expect(await runAt(5, 'reextract', 'done', 'healthy')).toEqual(['blocked', 'blocked at 2', at(1)])
    expect(await runAt(6, 'crawl', 'done', 'healthy')).toEqual(['healthy', 'healthy at 6', at(6)])
    expect(await runAt(7, 'crawl', 'partial', 'blocked')).toEqual(['blocked', 'blocked at 7', at(7)])
    const news = await readNewsHours(db, 'health', later(8))
    expect(news.map(({ articles }) => articles)).toEqual([0, 1, 2, 3, 6, 7])

    await saveSite(
      db,
      defineSite({ id: 'health', name: 'Gazette', url: 'https://gazette.example/', enabled: false }),
    )
    expect(await healthOf('health')).toMatchObject({ state: 'paused', since: null })
  })

  it('show as an overdue pass of a site that was well', async () => {
    const { db } = open()
    await saveSite(db, defineSite({ id: 'overdue', name: 'Gazette', url: 'https://gazette.example/' }))
    const stateAfter = async (hours: number, name: string | null) => {
      const nextRunAt = new Date(Date.now() - hours * 3_600_000).toISOString()
      await db.execute(sql`delete from schedules where site_id = 'overdue'`)
      await db.execute(
        sql`insert into schedules (site_id, expression, next_run_at) values ('overdue', '@hourly', ${nextRunAt})`,
      )
      if (name !== null) {
        const id = await startRun(db, 'overdue', 'schedule', later(hours))
        await finishRun(db, id, {
          counters: {},
          error: null,
          outcome: 'done',
          finishedAt: later(hours + 0.1),
        })
        await noteVerdict(db, id, { name, reason: name })
      }
      const [row] = await rowsOf(open(), sql`select state from site_health where site_id = 'overdue'`)
      return row?.['state']
    }
    expect(await stateAfter(1, null)).toBe('new')
    expect(await stateAfter(3, null)).toBe('degraded')
    expect(await stateAfter(1, 'healthy')).toBe('healthy')
    expect(await stateAfter(3, 'healthy')).toBe('degraded')
    expect(await stateAfter(4, 'blocked')).toBe('blocked')
  })

  it('carry the share of pages on which each field was found', async () => {
    const { runId } = await storeOf(open(), { id: 'fields' })
    await saveSiteCheck(open().db, {
      siteId: 'fields',
      runId,
      at: firstVisit,
      pages: 4,
      fillRates: { title: 1, authors: 0.25 },
    })
    expect(
      await rowsOf(open(), sql`select pages, fill_rates, alarms from site_checks where site_id = 'fields'`),
    ).toEqual([{ pages: 4, fill_rates: { title: 1, authors: 0.25 }, alarms: [] }])
  })

  it('are begun, and judged, once when the answer to the first time was lost', async () => {
    const { db } = open()
    await storeOf(open(), { id: 'again' })
    const [first, again] = [
      await startRun(db, 'again', 'crawl', later(1)),
      await startRun(db, 'again', 'crawl', later(1)),
    ]
    expect(again).toBe(first)
    expect(await startRun(db, 'again', 'crawl', later(2))).not.toBe(first)
    const check = { siteId: 'again', runId: first, at: later(3), pages: 4, fillRates: {} }
    await saveSiteCheck(db, check)
    await saveSiteCheck(db, check)
    expect(await readSiteChecks(db, 'again')).toHaveLength(1)
    expect(await readSiteChecks(db, 'again', first)).toEqual([])
  })

  it('leave the row of a site alone when its declaration says the same', async () => {
    const site = defineSite({ id: 'declared', name: 'Gazette', url: 'https://gazette.example/' })
    const row = sql`select name, enabled, xmin::text as written_by from sites where id = 'declared'`
    await saveSite(open().db, site)
    const [before] = await rowsOf(open(), row)
    await saveSite(open().db, site)
    expect(await rowsOf(open(), row)).toEqual([before])
    await saveSite(open().db, { ...site, name: 'The Gazette' })
    expect((await rowsOf(open(), row))[0]).toMatchObject({ name: 'The Gazette', enabled: true })
  })
})
