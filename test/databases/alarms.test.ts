import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { findAlarms } from '../../src/db/alarms.ts'
import { saveSiteCheck } from '../../src/db/site-checks.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, firstVisit, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const comments = ['1', '2'].map((nativeId) => commentWith({ nativeId }))
const articleAt = (path: string, title: string) => ({
  canonicalUrl: `https://gazette.example/${path}`,
  title,
})

describeEachDatabase('alarms of a site', (open) => {
  const judge = (siteId: string, startedAt: Date, given: { commentsRead?: number; isWhole?: boolean } = {}) =>
    findAlarms(open().db, { siteId, startedAt, commentsRead: 2, isWhole: true, ...given })

  it('are raised when one thread stands under articles that differ', async () => {
    const { save } = await storeOf(open(), { id: 'shared' })
    const thread = { platform: 'disqus', nativeId: 'main' }
    for (const path of ['bridge', 'harbour', 'tower', 'market']) {
      await save({ article: articleAt(path, `News of the ${path}`), thread, comments })
    }
    const [alarm, ...others] = await judge('shared', firstVisit)
    expect(alarm).toEqual({
      kind: 'shared_thread',
      message: expect.stringContaining('one disqus thread (main) stands under 4 articles'),
      urls: ['bridge', 'harbour', 'tower'].map((path) => `https://gazette.example/${path}`),
    })
    expect(others).toEqual([])
    // A later pass that does not meet the thread has nothing to say of it.
    expect(await judge('shared', later(1))).toEqual([])
    // One article that shows it again is enough.
    await save({ article: articleAt('bridge', 'News of the bridge'), thread, comments, at: later(2) })
    expect((await judge('shared', later(2))).map(({ kind }) => kind)).toEqual(['shared_thread'])
  })

  it('are not raised by one article under two addresses, nor by equal ids of other platforms and sites', async () => {
    const { save } = await storeOf(open(), { id: 'not-shared' })
    const other = await storeOf(open(), { id: 'other-host', url: 'https://other.example/' })
    await save({ article: articleAt('bridge', 'Bridge reopens'), comments })
    await save({ article: articleAt('amp/bridge', 'Bridge Reopens'), comments })
    await save({ article: articleAt('tower', 'Tower falls'), thread: { platform: 'isso' }, comments })
    await other.save({ article: articleAt('market', 'Market opens'), comments })
    expect(await judge('not-shared', firstVisit)).toEqual([])
  })

  it('are raised when a site that had comments shows none in a whole pass', async () => {
    const { save } = await storeOf(open(), { id: 'silent' })
    for (const path of ['bridge', 'harbour']) {
      await save({ article: articleAt(path, path), thread: { nativeId: path }, comments })
    }
    for (const path of ['bridge', 'harbour']) await save({ article: articleAt(path, path), at: later(1) })
    const silent = { commentsRead: 0 }
    expect(await judge('silent', later(1), silent)).toEqual([
      {
        kind: 'comments_vanished',
        message: 'no comment was read, and 4 are held under 2 of the articles looked at',
        urls: ['https://gazette.example/bridge', 'https://gazette.example/harbour'],
      },
    ])
    expect(await judge('silent', later(1), { ...silent, isWhole: false })).toEqual([])
    expect(await judge('silent', later(1), { commentsRead: 1 })).toEqual([])
    // Nothing was looked at.
    expect(await judge('silent', later(2), silent)).toEqual([])
  })

  it('are not raised when a few comments of one article are deleted, or were never there', async () => {
    const { save } = await storeOf(open(), { id: 'quiet' })
    await save({ comments })
    await save({ comments: [], at: later(1) })
    await save({ article: articleAt('new', 'New'), thread: { nativeId: 'new' }, comments: [], at: later(1) })
    expect(await judge('quiet', later(1), { commentsRead: 0 })).toEqual([])
  })

  it('know the articles that a feed should name by now: new ones, found since a feed was read', async () => {
    const { save, store } = await storeOf(open(), { id: 'fed' })
    const find = (path: string, at: Date, publishedAt = at) =>
      save({
        article: { ...articleAt(path, path), nativeId: path, publishedAt },
        askedUrl: `https://gazette.example/feed/${path}`,
        at,
      })
    const passEnded = (at: Date, feeds: number) =>
      open().db.execute(sql`insert into runs (site_id, job, started_at, finished_at, counters)
        values ('fed', 'crawl', ${at.toISOString()}, ${at.toISOString()},
          ${JSON.stringify({ feeds: { read: feeds, recent: 0, named: 0 } })}::jsonb)`)
    await find('before', later(0.5))
    await passEnded(later(1), 1)
    await find('in-it', later(1))
    await find('archived', later(1.5), later(-24 * 60))
    await passEnded(later(2), 0)
    await find('after', later(2.5))
    await find('gone', later(2.5))
    await store.markGone(urlHash('https://gazette.example/gone'), later(3))
    const addresses = (path: string) =>
      [`https://gazette.example/${path}`, `https://gazette.example/feed/${path}`].map((url) => urlHash(url))
    expect(await store.recentArticles()).toEqual([addresses('after'), addresses('in-it')])
    await passEnded(later(3), 2)
    expect(await store.recentArticles()).toEqual([])
  })

  it('are kept with the check of the site', async () => {
    const { runId } = await storeOf(open(), { id: 'kept' })
    const alarms = [{ kind: 'shared_thread', message: 'one thread', urls: [] }] as const
    await saveSiteCheck(open().db, { siteId: 'kept', runId, at: firstVisit, pages: 1, fillRates: {}, alarms })
    expect(await rowsOf(open(), sql`select alarms from site_checks where site_id = 'kept'`)).toEqual([
      { alarms },
    ])
  })
})
