import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groupCopies } from '../../src/db/group-copies.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, pageOf, storeOf } from './page-to-save.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const url = 'https://gazette.example/news/bridge'

describeEachDatabase('a saved article', (open) => {
  it('is held as its page says', async () => {
    const { save } = await storeOf(open(), { id: 'first' })
    const saved = await save()
    expect(saved).toEqual({
      change: 'new',
      isTextKept: false,
      comments: { new: 0, edited: 0, removed: 0, unchanged: 0 },
      thread: null,
    })
    const [row] = await rowsOf(
      open(),
      sql`
      select url, url_hash, native_id, title, subtitle, authors, section, tags, language, published_at, modified_at,
        body_text, body_html, revision, first_seen_at, changed_at, checked_at, gone_at, duplicate_of
      from articles where site_id = 'first'`,
    )
    expect(row).toEqual({
      url,
      url_hash: urlHash(url),
      native_id: '4711',
      title: 'Bridge over the Lorn reopens',
      subtitle: 'After two years of work',
      authors: ['Ada Quill'],
      section: 'Region',
      tags: ['bridge', 'traffic'],
      language: 'en',
      published_at: '2026-03-01 07:30:00+00',
      modified_at: null,
      body_text: 'The first cars crossed at noon.\n\nThe mayor walked.',
      body_html: '<p>The first cars crossed at noon.</p><p>The mayor walked.</p>',
      revision: 1,
      first_seen_at: '2026-03-02 10:00:00+00',
      changed_at: '2026-03-02 10:00:00+00',
      checked_at: '2026-03-02 10:00:00+00',
      gone_at: null,
      duplicate_of: null,
    })
  })

  it('writes nothing but the moments of its checks when it is read again unchanged', async () => {
    const { save } = await storeOf(open(), { id: 'again' })
    const comments = [
      commentWith({ nativeId: '1', quotes: [{ author: 'moss', text: 'the mayor', nativeId: null }] }),
      commentWith({ nativeId: '2', parentNativeId: '1' }),
    ]
    await save({ comments, askedUrl: `${url}?page=1` })
    const before = await dumpTables(open())
    const saved = await save({ comments, askedUrl: `${url}?page=1`, at: later(5) })
    expect(saved).toEqual({
      change: 'unchanged',
      isTextKept: false,
      comments: { new: 0, edited: 0, removed: 0, unchanged: 2 },
      thread: { complete: true, incompleteReason: null, isPartial: false },
    })
    expect(changedColumns(before, await dumpTables(open()))).toEqual([
      'articles.checked_at',
      'articles.written by',
      'threads.article_checked_at',
      'threads.article_next_check_at',
      'threads.checked_at',
      'threads.next_check_at',
      'threads.written by',
    ])
  })

  it('keeps its index entries, those of all its words among them, when it is read again unchanged', async () => {
    await open().db.transaction(async (transaction) => {
      const updates = async () => {
        const [counted] = await transaction.execute<{ rows: number; heapOnly: number }>(sql`
          select pg_stat_get_xact_tuples_updated('articles'::regclass)::int as rows,
            pg_stat_get_xact_tuples_hot_updated('articles'::regclass)::int as "heapOnly"`)
        return counted ?? { rows: 0, heapOnly: 0 }
      }
      const { save } = await storeOf({ db: transaction }, { id: 'heap-only' })
      const article = { bodyText: 'The first cars crossed the Lorn at ten. '.repeat(200) }
      await save({ article })
      const before = await updates()
      await save({ article, at: later(5) })
      const after = await updates()
      expect(after).toEqual({ rows: before.rows + 1, heapOnly: before.heapOnly + 1 })
    })
  })

  it('keeps each former version as one revision', async () => {
    const { save } = await storeOf(open(), { id: 'revised' })
    await save()
    const corrected = {
      title: 'Bridge over the Lorn reopens early',
      bodyText: 'The first cars crossed at ten.',
    }
    expect(await save({ article: corrected, at: later(1) })).toMatchObject({ change: 'changed' })
    expect(await save({ article: corrected, at: later(2) })).toMatchObject({ change: 'unchanged' })
    const history = await rowsOf(
      open(),
      sql`
      select revision, title, body_text, seen_at, is_current from article_history
      where site_id = 'revised' order by revision`,
    )
    expect(history).toEqual([
      {
        revision: 1,
        title: 'Bridge over the Lorn reopens',
        body_text: 'The first cars crossed at noon.\n\nThe mayor walked.',
        seen_at: '2026-03-02 10:00:00+00',
        is_current: false,
      },
      {
        revision: 2,
        title: corrected.title,
        body_text: corrected.bodyText,
        seen_at: '2026-03-02 11:00:00+00',
        is_current: true,
      },
    ])
  })

  it('takes corrected facts around its text without a revision', async () => {
    const { save } = await storeOf(open(), { id: 'facts' })
    await save({ article: { authors: [], tags: [], imageUrl: null } })
    const article = {
      authors: ['Ada Quill', 'Bo Tern'],
      tags: ['river'],
      imageUrl: 'https://gazette.example/b.jpg',
    }
    expect(await save({ article, at: later(1) })).toMatchObject({ change: 'unchanged' })
    expect(
      await rowsOf(
        open(),
        sql`
        select authors, tags, image_url, revision, changed_at from articles where site_id = 'facts'`,
      ),
    ).toEqual([
      {
        authors: ['Ada Quill', 'Bo Tern'],
        tags: ['river'],
        image_url: 'https://gazette.example/b.jpg',
        revision: 1,
        changed_at: '2026-03-02 10:00:00+00',
      },
    ])
  })

  it('is one row under all its addresses, each of which is known', async () => {
    const { save, store } = await storeOf(open(), { id: 'aliases' })
    const addresses = [url, `${url}/amp`, 'https://gazette.example/?p=4711']
    for (const askedUrl of addresses) await save({ askedUrl })
    expect(await rowsOf(open(), sql`select url from articles where site_id = 'aliases'`)).toEqual([{ url }])
    expect(
      await rowsOf(open(), sql`select url from article_urls where site_id = 'aliases' order by url`),
    ).toEqual([{ url: 'https://gazette.example/?p=4711' }, { url: `${url}/amp` }])
    const unknown = urlHash('https://gazette.example/news/other')
    const known = await store.knownPages([...addresses.map(urlHash), unknown], later(0.1))
    // What changed just now is due at the next pass.
    expect(known).toEqual(new Map(addresses.map((address) => [urlHash(address), 'due'])))
  })

  it('is not another one that its page names by a faulty link, at any visit', async () => {
    const { save } = await storeOf(open(), { id: 'constant' })
    const stories = ['Bridge', 'Harbour', 'Ferry'].map((title) => ({
      article: { canonicalUrl: url, title, bodyText: `${title} and nothing else.` },
      askedUrl: `https://gazette.example/news/${title}`,
    }))
    for (const hour of [0, 1, 2]) for (const story of stories) await save({ ...story, at: later(hour) })
    expect(
      await rowsOf(
        open(),
        sql`select url, title, revision from articles where site_id = 'constant' order by id`,
      ),
    ).toEqual([
      { url, title: 'Bridge', revision: 1 },
      { url: 'https://gazette.example/news/Harbour', title: 'Harbour', revision: 1 },
      { url: 'https://gazette.example/news/Ferry', title: 'Ferry', revision: 1 },
    ])
  })

  it('is due after half of the time for which it stood still', async () => {
    const { save, store } = await storeOf(open(), { id: 'clock' })
    await save()
    await save({ at: later(100) })
    const hashes = [urlHash(url)]
    expect(await store.knownPages(hashes, later(149.9))).toEqual(new Map([[hashes[0], 'fresh']]))
    expect(await store.knownPages(hashes, later(150))).toEqual(new Map([[hashes[0], 'due']]))
    expect(await store.duePages(later(149.9), 10)).toEqual([])
    expect(await store.duePages(later(150), 10)).toEqual([url])
  })

  it('that was looked at by a clock which was a year ahead is due when that is put right', async () => {
    const { save, store } = await storeOf(open(), { id: 'clock-ahead' })
    await save({ comments: [commentWith({ nativeId: '1' })] })
    await save({ at: later(24 * 365), comments: [commentWith({ nativeId: '1' })] })
    const hashes = [urlHash(url)]
    expect(await store.duePages(later(1), 10)).toEqual([url])
    expect(await store.knownPages(hashes, later(1))).toEqual(new Map([[hashes[0], 'due']]))
    // Clocks of two machines may differ by some minutes.
    expect(await store.duePages(later(24 * 365 - 0.1), 10)).toEqual([])
    expect(await store.knownPages(hashes, later(24 * 365 - 0.1))).toEqual(new Map([[hashes[0], 'fresh']]))
  })

  it("is due by its thread's clock too", async () => {
    const { save, store } = await storeOf(open(), { id: 'two-clocks' })
    await save({ comments: [commentWith({ nativeId: '1' })] })
    const late = ['2', '3', '4', '5'].map((nativeId) => commentWith({ nativeId, publishedAt: later(99.9) }))
    await save({ at: later(100), comments: [commentWith({ nativeId: '1' }), ...late] })
    expect(await store.duePages(later(100), 10)).toEqual([])
    expect(await store.knownPages([urlHash(url)], later(104))).toEqual(new Map([[urlHash(url), 'due']]))
    expect(await store.duePages(later(104), 10)).toEqual([url])
  })

  it('that is gone keeps its words, is not due, and comes back', async () => {
    const { save, store } = await storeOf(open(), { id: 'gone' })
    await save()
    await store.markGone(urlHash(url), later(1))
    await store.markGone(urlHash(url), later(2))
    const held = sql`select gone_at, body_text, revision from articles where site_id = 'gone'`
    const bodyText = 'The first cars crossed at noon.\n\nThe mayor walked.'
    expect(await rowsOf(open(), held)).toEqual([
      { gone_at: '2026-03-02 11:00:00+00', body_text: bodyText, revision: 1 },
    ])
    expect(await store.duePages(later(1000), 10)).toEqual([])
    await save({ at: later(3) })
    expect(await rowsOf(open(), held)).toEqual([{ gone_at: null, body_text: bodyText, revision: 1 }])
  })

  it.each(['source first', 'copy first'])(
    'of a family points at the one in the source language (%s)',
    async (order) => {
      const family = `family ${order}`
      const [source, copy] = [`source-${order}`, `copy-${order}`].map((id) => id.replaceAll(' ', '-'))
      const stores = [
        await storeOf(open(), { id: source!, family, isFamilySource: true }),
        await storeOf(open(), { id: copy!, family, url: 'https://en.gazette.example/' }),
      ]
      const visits = [
        { article: { canonicalUrl: 'https://gazette.example/77-most.html', nativeId: '77' } },
        { article: { canonicalUrl: 'https://en.gazette.example/77-most.html', nativeId: '77' } },
      ]
      const turns = order === 'source first' ? [0, 1] : [1, 0]
      for (const turn of turns) await stores[turn]!.save(visits[turn])
      await stores[1]!.save({
        article: { canonicalUrl: 'https://en.gazette.example/78-other.html', nativeId: '78' },
      })
      const rows = await rowsOf(
        open(),
        sql`
      select copy.site_id, copy.native_id, origin.site_id as origin
      from articles copy left join articles origin on origin.id = copy.duplicate_of
      where copy.site_id in (${source}, ${copy}) order by copy.site_id desc, copy.native_id`,
      )
      expect(rows).toEqual([
        { site_id: source, native_id: '77', origin: null },
        { site_id: copy, native_id: '77', origin: source },
        { site_id: copy, native_id: '78', origin: null },
      ])
    },
  )

  it('with the same text on two sites is shown as syndicated', async () => {
    const text = {
      title: 'Agency report',
      subtitle: null,
      bodyText: 'The same words everywhere.',
      nativeId: null,
    }
    for (const [id, hour] of [
      ['wire-late', 2],
      ['wire-early', 1],
    ] as const) {
      const { save } = await storeOf(open(), { id, url: `https://${id}.example/` })
      const publishedAt = later(hour)
      await save({ article: { ...text, publishedAt, canonicalUrl: `https://${id}.example/report` } })
    }
    await groupCopies(open().db)
    const rows = await rowsOf(
      open(),
      sql`
      select site_id, copies::int as copies, is_likely_origin from syndicated_articles
      where title = 'Agency report' order by site_id`,
    )
    expect(rows).toEqual([
      { site_id: 'wire-early', copies: 2, is_likely_origin: true },
      { site_id: 'wire-late', copies: 2, is_likely_origin: false },
    ])
  })

  it('goes in whole with its comments or not at all', async () => {
    const { store } = await storeOf(open(), { id: 'atomic' })
    const comment = commentWith({ nativeId: '1' })
    const page = pageOf({ comments: [{ ...comment, bodyText: 'no database takes U+0000: \u0000' }] })
    await expect(store.savePage(page)).rejects.toThrow()
    const rows = await rowsOf(
      open(),
      sql`
      select (select count(*)::int from articles where site_id = 'atomic') as articles,
        (select count(*)::int from captures where site_id = 'atomic') as captures`,
    )
    expect(rows).toEqual([{ articles: 0, captures: 0 }])
  })
})
