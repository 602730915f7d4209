import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished, vi } from 'vitest'
import { runSites } from '../../jobs/wiring/run-sites.ts'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { markArticleGone } from '../../src/db/article-checks.ts'
import { openReplayStore } from '../../src/db/replay/replay-store.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { readSettings } from '../../src/settings.ts'
import { defineSite } from '../../src/sites/site.ts'
import { openSmallPaper } from '../jobs/small-paper.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, leaseOf, pageOf, storeOf } from './page-to-save.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const url = 'https://gazette.example/news/bridge'
const readingKey = 'as it is'
const comments = [commentWith({ nativeId: '1' }), commentWith({ nativeId: '2', parentNativeId: '1' })]

const visitAt = (hours: number, fields = {}) => ({
  askedUrl: url,
  readingKey,
  seenAt: later(hours),
  timezone: 'UTC',
  ...fields,
})

describeEachDatabase('a page that is confirmed', (open) => {
  it('leaves behind what reading it again would', async () => {
    const askedUrl = `${url}?page=1`
    const visit = { comments, askedUrl, readingKey }
    const read = await storeOf(open(), { id: 'read' })
    const confirmed = await storeOf(open(), { id: 'confirmed' })
    await read.save(visit)
    await confirmed.save(visit)
    await markArticleGone(open().db, 'read', urlHash(url), later(4))
    await markArticleGone(open().db, 'confirmed', urlHash(url), later(4))
    await open().db.execute(sql`update articles set reading_key = ${readingKey}`)
    const before = await dumpTables(open())
    const saved = await read.save({ ...visit, at: later(5) })
    const between = await dumpTables(open())
    const told = await confirmed.store.confirmPage(visitAt(5, { askedUrl }))
    expect(told).toEqual({ saved, rules: pageOf().article.rules })
    expect(saved.comments.unchanged).toBe(2)
    expect(changedColumns(between, await dumpTables(open()))).toEqual(changedColumns(before, between))
    const moments = (site: string) =>
      rowsOf(
        open(),
        sql`select a.checked_at as article, a.gone_at, c.checked_at, c.next_check_at, a.reading_key,
            t.checked_at as thread, t.next_check_at as next_thread, t.pace, t.changed_at, t.collected_count
          from articles a join article_visits c on c.article_id = a.id join threads t on t.article_id = a.id
          where a.site_id = ${site}`,
      )
    expect(await moments('confirmed')).toEqual(await moments('read'))
  })

  it('need not have a thread', async () => {
    const { save, store } = await storeOf(open(), { id: 'threadless' })
    await save({ readingKey })
    expect(await store.confirmPage(visitAt(1))).toMatchObject({
      saved: { change: 'unchanged', thread: null },
    })
  })

  it('is not when it was read under another key last, nor when it is another', async () => {
    const { save, store } = await storeOf(open(), { id: 'other-key' })
    expect(await store.confirmPage(visitAt(1))).toBeNull()
    await save({ comments, readingKey })
    const before = await dumpTables(open())
    expect(await store.confirmPage(visitAt(1, { readingKey: 'another' }))).toBeNull()
    expect(await store.confirmPage(visitAt(1, { askedUrl: `${url}-2` }))).toBeNull()
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
    await save({ comments, at: later(2) })
    expect(await store.confirmPage(visitAt(3))).toBeNull()
  })

  it('is not when what is held is not what it said', async () => {
    const { save, store } = await storeOf(open(), { id: 'kept-text' })
    await save({ comments })
    const saved = await save({ comments, article: { bodyText: '', bodyHtml: '' }, at: later(1), readingKey })
    expect(saved.isTextKept).toBe(true)
    expect(await store.confirmPage(visitAt(2))).toBeNull()
  })

  it('is not while a comment waits for its absence to be confirmed', async () => {
    const { save, store } = await storeOf(open(), { id: 'absent' })
    const shorter = { comments: comments.slice(0, 1), html: 'one comment', readingKey }
    await save({ comments })
    await save({ ...shorter, at: later(1) })
    expect(await store.confirmPage(visitAt(2))).toBeNull()
    expect((await save({ ...shorter, at: later(2) })).comments.removed).toBe(1)
    expect(await store.confirmPage(visitAt(3))).toMatchObject({ saved: { comments: { unchanged: 1 } } })
  })

  it('is not when its thread went away, or was read over several pages', async () => {
    const { save, store } = await storeOf(open(), { id: 'lost-thread' })
    await save({ comments })
    await save({ at: later(1), readingKey })
    expect(await store.confirmPage(visitAt(2))).toBeNull()
    await save({ comments, at: later(3), reading: { pageOrder: 'newest_first' }, readingKey })
    expect(await store.confirmPage(visitAt(4))).toBeNull()
  })

  it('is not after a replay has read it otherwise', async () => {
    const { save, store, runId } = await storeOf(open(), { id: 'replayed' })
    await save({ comments, readingKey })
    const lease = await leaseOf(open().db, 'replayed')
    const options = { siteId: 'replayed', runId, isFamilyMember: false, revisit: revisitPolicy, lease }
    const replay = openReplayStore(open().db, options)
    await replay.savePage(pageOf({ comments }))
    expect(await replay.confirmPage(visitAt(1))).toBeNull()
    expect(await store.confirmPage(visitAt(1))).not.toBeNull()
    await replay.savePage(pageOf({ comments, article: { title: 'Corrected headline' } }))
    expect(await store.confirmPage(visitAt(2))).toBeNull()
  })

  it('is not once another process has taken the site', async () => {
    const { save, store } = await storeOf(open(), { id: 'taken' })
    await save({ comments, readingKey })
    await open().db.execute(sql`update site_leases set epoch = epoch + 1 where site_id = 'taken'`)
    const before = await dumpTables(open())
    expect(await store.confirmPage(visitAt(1))).toBeNull()
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
  })
})

describeEachDatabase('a crawl', (open) => {
  it('neither fetches nor reads again what its host says is as it was', async () => {
    const paper = await openSmallPaper()
    onTestFinished(paper.stop)
    const extract = vi.spyOn(ExtractionPool.prototype, 'extract')
    onTestFinished(() => extract.mockRestore())
    const site = defineSite({
      delaySeconds: 0.05,
      id: 'paper',
      name: 'Paper',
      url: paper.origin,
      sources: [{ kind: 'feed', url: paper.feedUrl }],
    })
    const conditional = (path: string, etag: string) => {
      const told = paper.answers.get(path)
      const { body = '' } = typeof told === 'object' ? told : {}
      let isKnown = false
      paper.answers.set(path, () => {
        const answer = isKnown ? { status: 304, headers: { etag } } : { body, headers: { etag } }
        isKnown = true
        return answer
      })
    }
    paper.publish('/bridge/', {
      title: 'The old bridge is open again',
      post: 1,
      comments: ['First', 'Second'],
    })
    paper.publish('/harbour/', { title: 'The harbour was closed for a week', post: 2, comments: ['Third'] })
    conditional('/bridge/', '"one"')
    const pass = async (refresh = false) => {
      extract.mockClear()
      const [result] = await runSites({
        settings: readSettings({}),
        sites: [site],
        job: 'test',
        pass: { since: null, limit: null, maxRequests: null, comments: true, refresh, articles: [] },
        allowPrivateNetwork: true,
        concurrency: 1,
        signal: new AbortController().signal,
        onEvent: () => undefined,
        database: open(),
      })
      const read = extract.mock.calls.filter(([task]) => task.kind === 'article')
      return {
        tally: result!.tally,
        read: read.map(([task]) => new URL(task.answer.url).pathname).toSorted(),
      }
    }
    const first = await pass()
    expect(first.read).toEqual(['/bridge/', '/harbour/'])
    expect(first.tally.comments).toEqual({ new: 3, edited: 0, removed: 0, unchanged: 0 })
    // One answers 304, the other the same bytes.
    const second = await pass()
    expect(second.read).toEqual([])
    expect(second.tally.notModified).toBe(1)
    expect(second.tally.articles).toEqual({ new: 0, changed: 0, unchanged: 2, gone: 0 })
    expect(second.tally.comments).toEqual({ new: 0, edited: 0, removed: 0, unchanged: 3 })
    expect(second.tally.filled).toEqual(first.tally.filled)
    expect(second.tally.threads).toEqual(first.tally.threads)
    expect((await pass(true)).read).toEqual(['/bridge/', '/harbour/'])
    paper.publish('/harbour/', {
      title: 'The harbour was closed for a week',
      post: 2,
      comments: ['Third', 'Fourth'],
    })
    const changed = await pass()
    expect(changed.read).toEqual(['/harbour/'])
    expect(changed.tally.comments).toEqual({ new: 1, edited: 0, removed: 0, unchanged: 3 })
  })
})
