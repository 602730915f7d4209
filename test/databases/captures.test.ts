import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { deleteExpiredCaptures } from '../../src/db/captures.ts'
import { keepArchived } from '../../src/db/replay/import-store.ts'
import { storedAnswers } from '../../src/db/replay/stored-answers.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { captureOf, headOf, commentWith, firstVisit, later, pageOf, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const url = 'https://gazette.example/news/bridge'

describeEachDatabase('captures', (open) => {
  const kept = (site: string) =>
    rowsOf(open(), sql`select kind, fetched_at, status from captures where site_id = ${site} order by id`)
  const first = { kind: 'article', fetched_at: '2026-03-02 10:00:00+00', status: 200 }

  it('hold the bytes, the headers and the day on which they may go', async () => {
    const { save, store } = await storeOf(open(), { id: 'bytes' })
    const html = '<p>Ångström, жизнь, 生活</p>'.repeat(1000)
    await save({ html, capture: { headers: { etag: '"1"', 'content-type': 'text/html; charset=utf-8' } } })
    const head = await headOf(store, url)
    expect(head).toMatchObject({
      status: 200,
      headers: { etag: '"1"', 'content-type': 'text/html; charset=utf-8' },
    })
    expect(new TextDecoder().decode(await store.captureBody(head!.id))).toBe(html)
    const [row] = await rowsOf(
      open(),
      sql`
      select octet_length(body) < 5000 as is_compressed, expires_at from captures where site_id = 'bytes'`,
    )
    expect(row).toEqual({ is_compressed: true, expires_at: '2026-04-01 10:00:00+00' })
    expect(await headOf(store, 'https://gazette.example/other')).toBeUndefined()
  })

  it('are kept once while the bytes stay the same', async () => {
    const { save } = await storeOf(open(), { id: 'same' })
    await save({ html: 'one' })
    await save({ html: 'one', at: later(1), capture: { headers: { etag: '"new"' } } })
    expect(await kept('same')).toEqual([first])
  })

  it('are not kept for other bytes without news', async () => {
    const { save } = await storeOf(open(), { id: 'counter' })
    await save({ html: 'views: 1' })
    await save({ html: 'views: 2', at: later(1) })
    expect(await kept('counter')).toEqual([first])
  })

  it.each([
    ['a changed article', { article: { title: 'Another headline' } }],
    ['a new comment', { comments: [commentWith({ nativeId: '1' })] }],
    ['new validators', { capture: { headers: { etag: '"2"' } } }],
  ])('are kept for other bytes with %s', async (news, visit) => {
    const id = `news-${news.replaceAll(' ', '-')}`
    const { save } = await storeOf(open(), { id })
    await save({ html: 'one' })
    await save({ html: 'two', at: later(1), ...visit })
    expect(await kept(id)).toEqual([first, { ...first, fetched_at: '2026-03-02 11:00:00+00' }])
  })

  it('of a thread are kept with it', async () => {
    const { store } = await storeOf(open(), { id: 'thread' })
    const page = pageOf({ comments: [commentWith({ nativeId: '1' })] })
    const captures = [1, 2].map((number) =>
      captureOf(`${url}?comments=${number}`, `page ${number}`, { kind: 'comments' }),
    )
    await store.savePage({ ...page, thread: { ...page.thread!, captures } })
    expect((await kept('thread')).map(({ kind }) => kind)).toEqual(['article', 'comments', 'comments'])
    for (const { requestHash, body } of [page.capture, ...captures]) {
      const head = (await store.captureHeads([requestHash])).get(requestHash)
      expect(Buffer.from(await store.captureBody(head!.id))).toEqual(Buffer.from(body))
    }
  })

  it('of sources are replaced', async () => {
    const { store } = await storeOf(open(), { id: 'source' })
    const address = 'https://gazette.example/feed'
    await store.keepSource(captureOf(address, 'one', { kind: 'feed' }))
    await store.keepSource(captureOf(address, 'two', { kind: 'feed', fetchedAt: later(1) }))
    expect(await kept('source')).toEqual([
      { kind: 'feed', fetched_at: '2026-03-02 11:00:00+00', status: 200 },
    ])
    const head = await headOf(store, address)
    expect(new TextDecoder().decode(await store.captureBody(head!.id))).toBe('two')
  })

  it('of pages that are no article keep them from being asked for until they expire', async () => {
    const { store } = await storeOf(open(), { id: 'not-articles' })
    const address = 'https://gazette.example/tags/bridge'
    await store.keepNonArticle(captureOf(address, 'a list'))
    const hashes = [urlHash(address)]
    expect(await store.knownPages(hashes, later(24 * 29))).toEqual(new Map([[hashes[0], 'fresh']]))
    expect(await store.knownPages(hashes, later(24 * 31))).toEqual(new Map())
    expect(await store.duePages(later(24 * 29), 10)).toEqual([])
  })

  it('of an article outlive a visit at which its page was none', async () => {
    const { save, store } = await storeOf(open(), { id: 'maintenance' })
    await save({ html: 'the article' })
    await store.keepNonArticle(captureOf(url, 'back soon', { fetchedAt: later(1) }))
    await store.keepNonArticle(captureOf(url, 'back very soon', { fetchedAt: later(2) }))
    expect(await kept('maintenance')).toEqual([
      first,
      { kind: 'not_an_article', fetched_at: '2026-03-02 12:00:00+00', status: 200 },
    ])
    expect(await store.knownPages([urlHash(url)], later(2))).toEqual(new Map([[urlHash(url), 'due']]))
  })

  it('go when they have been kept for long enough, those of other sites stay', async () => {
    for (const id of ['expiring', 'staying']) {
      const { save } = await storeOf(open(), { id })
      await save({ html: 'one' })
      await save({ html: 'two', at: later(24), article: { title: 'Another headline' } })
    }
    await deleteExpiredCaptures(open().db, 'expiring', later(24 * 30))
    expect((await kept('expiring')).map((row) => row['fetched_at'])).toEqual(['2026-03-03 10:00:00+00'])
    expect(await kept('staying')).toHaveLength(2)
  })

  it('that are lent can be read until a pass ends, however long its site holds captures', async () => {
    const { save } = await storeOf(open(), { id: 'lending' })
    await save()
    const lent = captureOf(`${url}/comments`, 'a thread', { kind: 'comments', fetchedAt: firstVisit })
    const id = await keepArchived(open().db, 'lending', lent, true)
    expect(id).toEqual(expect.any(Number))
    // By a job that was killed.
    expect(await keepArchived(open().db, 'lending', lent, true)).toBe(id)
    expect(await storedAnswers(open().db, 'lending').newest(lent.requestHash)).toMatchObject({
      body: Buffer.from('a thread'),
    })
    await deleteExpiredCaptures(open().db, 'lending', later(1), 90)
    expect(await kept('lending')).toEqual([first])
  })

  it('belong to one site only', async () => {
    const one = await storeOf(open(), { id: 'one-site' })
    const other = await storeOf(open(), { id: 'other-site' })
    await one.save()
    expect(await headOf(other.store, url)).toBeUndefined()
    expect(await other.store.knownPages([urlHash(url)], firstVisit)).toEqual(new Map())
    expect(await other.store.duePages(later(1000), 10)).toEqual([])
  })

  it('of the same bytes are stored once, and hold them until the last of them is gone', async () => {
    const { store } = await storeOf(open(), { id: 'once' })
    const other = await storeOf(open(), { id: 'once-elsewhere' })
    const addresses = ['a', 'b', 'c'].map((name) => `https://gazette.example/tags/${name}`)
    for (const [day, address] of addresses.entries())
      await store.keepNonArticle(captureOf(address, 'a list', { fetchedAt: later(24 * day) }))
    await other.store.keepNonArticle(captureOf(addresses[0]!, 'a list'))
    const stored = () =>
      rowsOf(
        open(),
        sql`select site_id, count(*)::int as n from capture_bodies
        where site_id like 'once%' group by site_id order by site_id`,
      )
    const both = [
      { site_id: 'once', n: 1 },
      { site_id: 'once-elsewhere', n: 1 },
    ]
    expect(await stored()).toEqual(both)
    expect(await kept('once')).toHaveLength(3)

    await deleteExpiredCaptures(open().db, 'once', later(24 * 31))
    expect(await kept('once')).toHaveLength(1)
    const head = await headOf(store, addresses[2]!)
    expect(new TextDecoder().decode(await store.captureBody(head!.id))).toBe('a list')
    expect(await stored()).toEqual(both)

    await deleteExpiredCaptures(open().db, 'once', later(24 * 32))
    expect(await stored()).toEqual([{ site_id: 'once-elsewhere', n: 1 }])
  })

  it('of one page that brings the same bytes several times are stored once', async () => {
    const { store } = await storeOf(open(), { id: 'twins' })
    const page = pageOf({ comments: [commentWith({ nativeId: '1' })] })
    const captures = [1, 2].map((number) =>
      captureOf(`${url}?comments=${number}`, 'no comments', { kind: 'comments' }),
    )
    await store.savePage({ ...page, thread: { ...page.thread!, captures } })
    expect(await kept('twins')).toHaveLength(3)
    expect(
      await rowsOf(open(), sql`select count(*)::int as n from capture_bodies where site_id = 'twins'`),
    ).toEqual([{ n: 2 }])
  })

  it('that may not be kept share no bytes with those that may', async () => {
    const { store } = await storeOf(open(), { id: 'unkept' })
    const whole = captureOf('https://gazette.example/tags/a', 'a list')
    await store.keepNonArticle(whole)
    await store.keepReserved({ ...whole, requestHash: 'reserved', body: new Uint8Array() })
    const sizes = sql`select kind, octet_length(body) > 20 as has_bytes from captures where site_id = 'unkept' order by id`
    expect(await rowsOf(open(), sizes)).toEqual([
      { kind: 'not_an_article', has_bytes: true },
      { kind: 'reserved', has_bytes: false },
    ])
  })

  it('may be deleted by hand, and their bytes go with them', async () => {
    const { save } = await storeOf(open(), { id: 'by-hand' })
    await save({ html: 'one' })
    await open().db.execute(sql`delete from captures where site_id = 'by-hand' and url = ${url}`)
    expect(await rowsOf(open(), sql`select body_key from capture_bodies where site_id = 'by-hand'`)).toEqual(
      [],
    )
  })
})
