import { execFileSync, spawnSync } from 'node:child_process'
import { gunzipSync } from 'node:zlib'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, inject, it, onTestFinished } from 'vitest'
import { openGuard, openKey } from '../../jobs/wiring/privacy.ts'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { authorDataset } from '../../src/db/exports/author-dataset.ts'
import { datasets } from '../../src/db/exports/datasets.ts'
import { withSnapshot } from '../../src/db/exports/open-snapshot.ts'
import { eraseAuthor, previewAuthor } from '../../src/db/erasure/erase-author.ts'
import { erasePage } from '../../src/db/erasure/erase-page.ts'
import { openImportStore } from '../../src/db/replay/import-store.ts'
import { openReplayStore } from '../../src/db/replay/replay-store.ts'
import { rememberKey } from '../../src/db/privacy-keys.ts'
import { endRetention } from '../../src/db/retention.ts'
import { readSiteChecks, saveSiteCheck } from '../../src/db/site-checks.ts'
import { writeExport } from '../../src/exports/write-export.ts'
import type { Comment } from '../../src/extractors/comments/platform.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { PrivacyKey } from '../../src/privacy/privacy-key.ts'
import { privateStore } from '../../src/privacy/private-store.ts'
import { UsageError } from '../../src/settings.ts'
import { defineSite, type SiteDeclaration } from '../../src/sites/site.ts'
import { describeEachDatabase } from './each-database.ts'
import type { TakeSite } from '../../src/db/site-leases.ts'
import {
  captureOf,
  commentWith,
  firstVisit,
  later,
  leaseOf,
  pageOf,
  storeOf,
  type Visit,
} from './page-to-save.ts'
import { changedColumns, dumpTables, rowsOf } from './table-dump.ts'

const secret = 'a key that is kept outside the database'
const key = new PrivacyKey(secret)

/** No site is being crawled. */
const free: TakeSite = (siteId) =>
  Promise.resolve({ siteId, epoch: 1, signal: new AbortController().signal, lose: () => undefined })

const htmlOf = (comments: readonly Comment[]) =>
  comments.map(({ authorName, bodyHtml }) => `<b>${authorName}</b>${bodyHtml}`).join('')

describeEachDatabase('people', (open, kind) => {
  /** A store as the commands open it, with the rules of a site. */
  async function openSite(
    site: Partial<SiteDeclaration> & { id: string },
    pseudonymKey: string | null = secret,
  ) {
    const { db } = open()
    const { store, runId } = await storeOf(open(), site)
    const declared = defineSite({ name: 'Gazette', url: 'https://gazette.example/', ...site })
    const visit = async (visited: Visit) => {
      const guard = await openGuard(db, { pseudonymKey, privacy: 'names' }, declared)
      const guarded = privateStore(store, guard, () => visited.at ?? firstVisit)
      const page = pageOf({ html: htmlOf(visited.comments ?? []), ...visited })
      const head = (await store.captureHeads([page.capture.requestHash])).get(page.capture.requestHash)
      return guarded.savePage({ ...page, capture: { ...page.capture, before: head ?? null } })
    }
    const guarded = async () =>
      privateStore(store, await openGuard(db, { pseudonymKey, privacy: 'names' }, declared))
    const commentsOf = () =>
      rowsOf(
        open(),
        sql`select c.native_id, c.author_name, c.author_display, c.author_key, c.body_text, c.body_html, c.quotes, c.state, c.permalink,
          c.depth, c.revision from comments c join articles a on a.id = c.article_id where a.site_id = ${site.id}
          order by c.position`,
      )
    return { visit, guarded, commentsOf, runId }
  }

  /** All that the database holds, stored pages unpacked. */
  async function dump(): Promise<string> {
    const tables = JSON.stringify(await dumpTables(open()))
    const pages = await open().db.execute<{ body: Uint8Array }>(sql`select body from captures`)
    return `${tables}${pages.map(({ body }) => gunzipSync(body).toString('utf8')).join('\n')}`.toLowerCase()
  }

  const first = commentWith({
    nativeId: '1',
    authorName: 'Quillwort',
    authorDisplay: 'Ada Quillwort',
    authorKey: 'user:quillwort',
    permalink: 'https://gazette.example/u/quillwort#1',
    bodyText: 'The bridge is fine.',
    bodyHtml: '<p>The bridge is fine.</p>',
  })
  const second = commentWith({
    nativeId: '2',
    parentNativeId: '1',
    authorName: 'moss',
    authorKey: 'user:moss',
    bodyText: '@Quillwort no. Ask quillwort or @lichen!',
    bodyHtml:
      '<blockquote data-author="Quillwort">The bridge is fine.</blockquote><p>@<a href="https://gazette.example/u/quillwort">Quillwort</a> no. Ask quillwort or @lichen!</p>',
    quotes: [{ author: 'Quillwort', text: 'The bridge is fine.', nativeId: '1' }],
  })

  it('are held under pseudonyms where a site asks for it, in quotes, mentions and pages too', async () => {
    const { visit, commentsOf } = await openSite({ id: 'pseudonyms', privacy: 'pseudonymise' })
    const made = commentWith({
      nativeId: `${'0123456789ab'.repeat(2)}~2`,
      authorName: 'lichen',
      authorKey: null,
      bodyText: 'Write to Ada.Quillwort@mail.example, or call +49 171 2345678.',
      bodyHtml: '<p>Write to Ada.Quillwort@mail.example, or call +49 171 2345678.</p>',
    })
    await visit({ comments: [first, second, made] })
    const quillwort = key.pseudonym('pseudonyms', 'Quillwort')
    expect((await commentsOf()).slice(0, 2)).toMatchObject([
      {
        author_name: quillwort,
        author_key: expect.stringMatching(/^key-[0-9a-f]{20}$/),
        permalink: null,
        depth: 0,
      },
      {
        author_name: key.pseudonym('pseudonyms', 'moss'),
        depth: 1,
        body_text: `@${quillwort} no. Ask ${quillwort} or @${key.pseudonym('pseudonyms', 'lichen')}!`,
        quotes: [{ author: quillwort, text: 'The bridge is fine.', native_id: '1' }],
      },
    ])
    // An id that we made from a name would let names be tried against it.
    expect((await commentsOf())[2]).toMatchObject({
      native_id: expect.stringMatching(/^[0-9a-f]{24}~2$/),
      state: 'visible',
      body_text: 'Write to [mailbox], or call [phone].',
    })
    expect((await commentsOf())[2]?.['native_id']).not.toBe(made.nativeId)
    const held = await dump()
    for (const name of ['quillwort', 'moss', 'lichen', 'mail.example', '2345678'])
      expect(held).not.toContain(name)
    const before = await dumpTables(open())
    expect((await visit({ comments: [first, second, made], at: later(1) })).comments).toMatchObject({
      edited: 0,
      unchanged: 3,
    })
    expect(
      changedColumns(before, await dumpTables(open())).filter((column) => column.startsWith('comment')),
    ).toEqual([])
  })

  it('are held without names where a site asks for that', async () => {
    const { visit, commentsOf } = await openSite({ id: 'nameless', privacy: 'nameless' }, secret)
    await visit({ comments: [first, second] })
    expect(await commentsOf()).toMatchObject([
      { author_name: null, author_display: null, author_key: null },
      { author_name: null, body_text: '@[name] no. Ask [name] or @[name]!', quotes: [{ author: null }] },
    ])
    expect(await dump()).not.toContain('quillwort')
  })

  it('are found for a request for access', async () => {
    const { visit } = await openSite({ id: 'access' })
    const stranger = commentWith({
      nativeId: '3',
      authorName: 'sorrel',
      bodyText: 'Quillworts grow in lakes.',
    })
    await visit({ comments: [{ ...first, bodyText: 'Former words.' }, second, stranger] })
    await visit({
      comments: [first, second, stranger],
      at: later(1),
      article: { authors: ['Ada Quillwort'] },
    })
    const folder = mkdtempSync(join(tmpdir(), 'commentariat-access-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const out = join(folder, 'access.jsonl')
    await withSnapshot(
      open(),
      await authorDataset(open().db, ['quillwort', "O'Neil_%"]),
      { sites: ['access'], since: null },
      (snapshot) =>
        writeExport(snapshot, {
          what: 'author',
          format: 'jsonl',
          out,
          force: false,
          signal: new AbortController().signal,
          onPart: () => undefined,
        }),
    )
    const records = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records.map(({ record, body_text: text }) => [record, text])).toEqual([
      ['comment', 'The bridge is fine.'],
      ['former version', 'Former words.'],
      ['named by another', '@Quillwort no. Ask quillwort or @lichen!'],
      ['quoted by another', 'The bridge is fine.'],
    ])
  })

  it('are erased, and no crawl brings them back', async () => {
    const { visit, guarded, commentsOf } = await openSite({ id: 'erased' })
    await rememberKey(open().db, key, firstVisit)
    const comments = [
      first,
      second,
      commentWith({ nativeId: '3', parentNativeId: '2', authorName: 'sorrel' }),
    ]
    await visit({
      comments: [{ ...first, bodyText: 'Former words.' }, ...comments.slice(1)],
      article: { authors: ['Ada Quillwort', 'B'] },
    })
    await visit({ comments, at: later(1), article: { authors: ['Ada Quillwort', 'B'] } })
    // Elsewhere on the site a widget shows it, in other characters.
    await (await guarded()).keepNonArticle(captureOf('https://gazette.example/tags', '<i>&#81;uillwort</i>'))
    await (
      await guarded()
    ).keepNonArticle(captureOf('https://gazette.example/json', String.raw`{"by":"Ada Quillwort"}`))
    await (await guarded()).keepNonArticle(captureOf('https://gazette.example/clean', '<i>Nobody</i>'))
    await open().db.execute(sql`delete from captures where url = 'https://gazette.example/tags'`)
    const request = { name: 'quillwort', site: 'erased', key, mentions: true, now: later(2) }
    const before = await dumpTables(open())
    expect(await previewAuthor(open().db, request)).toMatchObject({ comments: 1, mentions: 1 })
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])

    await expect(eraseAuthor(open().db, request, () => Promise.resolve(null))).rejects.toThrow(
      'erased is being crawled by another process; nothing was erased',
    )
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
    const report = await eraseAuthor(open().db, request, free)
    expect(report).toMatchObject({ comments: 1, mentions: 1, articlesNaming: 0 })
    const left = await rowsOf(open(), sql`select url from captures where site_id = 'erased'`)
    expect(left).toEqual([{ url: 'https://gazette.example/clean' }])
    const words = await commentsOf()
    expect(words).toMatchObject([
      { native_id: '1', author_name: null, author_key: null, body_text: '', state: 'removed', depth: 0 },
      { native_id: '2', body_text: '@[erased] no. Ask [erased] or @lichen!', quotes: [], depth: 1 },
      { native_id: '3', depth: 2 },
    ])
    const ofSite = async () => {
      const parts = await Promise.all([
        rowsOf(
          open(),
          sql`select c.*, to_json(r) as former from comments c join articles a on a.id = c.article_id
          left join comment_revisions r on r.comment_id = c.id where a.site_id = 'erased'`,
        ),
        rowsOf(open(), sql`select * from articles where site_id = 'erased'`),
        rowsOf(open(), sql`select * from erasures`),
      ])
      const pages = await open().db.execute<{ body: Uint8Array }>(
        sql`select body from captures where site_id = 'erased'`,
      )
      return `${JSON.stringify(parts)}${pages.map(({ body }) => gunzipSync(body).toString('utf8')).join('\n')}`.toLowerCase()
    }
    for (const trace of ['quillwort', 'former words', 'the bridge is fine'])
      expect(await ofSite()).not.toContain(trace)

    const again = await visit({
      comments: [
        ...comments,
        commentWith({ nativeId: '4', authorName: 'QUILLWORT', authorKey: null, bodyText: 'Back again.' }),
      ],
      at: later(3),
      article: { authors: ['Ada Quillwort', 'B'] },
    })
    expect(again.comments).toMatchObject({ new: 1, edited: 0, removed: 0 })
    await (await guarded()).keepNonArticle(captureOf('https://gazette.example/tags', '<i>&#81;uillwort</i>'))
    for (const trace of ['quillwort', 'back again', 'the bridge is fine'])
      expect(await ofSite()).not.toContain(trace)
    expect((await commentsOf())[1]).toMatchObject({
      body_text: '@[erased] no. Ask [erased] or @lichen!',
      revision: 1,
    })
    const erased = await withSnapshot(
      open(),
      datasets.comments,
      { sites: [], since: null },
      async (snapshot) => snapshot.erased,
    )
    expect(erased['comments']).toHaveLength(2)
  })

  it.each(['author_key', 'author_name', 'author_display'])(
    'are erased by the pseudonym that is held as %s, and no crawl brings them back',
    async (column) => {
      const id = `by_${column}`
      const { visit, commentsOf } = await openSite({ id, privacy: 'pseudonymise' })
      const third = commentWith({
        nativeId: '3',
        authorName: 'sorrel',
        authorKey: null,
        bodyText: 'Quillwort knows, @quillwort.',
        bodyHtml: '<p>Quillwort knows, @quillwort.</p>',
        quotes: [{ author: 'Ada Quillwort', text: 'The bridge is fine.', nativeId: null }],
      })
      await visit({ comments: [first, second, third] })
      const name = String((await commentsOf())[0]?.[column])
      expect(name).toMatch(/^(?:reader|key)-/)
      await eraseAuthor(open().db, { name, site: null, key, mentions: true, now: later(1) }, free)
      const erased = await commentsOf()
      expect(erased).toMatchObject([
        { author_name: null, author_display: null, author_key: null, body_text: '', state: 'removed' },
        { quotes: [], state: 'visible', author_name: expect.any(String) },
        { body_text: '[erased] knows, @[erased].', quotes: [] },
      ])
      const counts = await visit({ comments: [first, second, third], at: later(2) })
      expect(counts.comments).toMatchObject({ new: 0, edited: 0 })
      expect(await commentsOf()).toEqual(erased)
      const next = commentWith({ nativeId: '4', authorName: 'Quillwort', authorKey: 'user:quillwort' })
      await visit({ comments: [first, second, third, next], at: later(3) })
      expect((await commentsOf())[3]).toMatchObject({ author_name: null, author_key: null, body_text: '' })
    },
  )

  it('are erased from a family of sites, whether anything of theirs is held or not', async () => {
    const family = 'gazettes'
    const { visit, commentsOf } = await openSite({ id: 'gazette.fr', family, url: 'https://fr.example/' })
    await openSite({ id: 'gazette.en', family, url: 'https://en.example/' })
    const keyless = { ...first, authorKey: null }
    const request = { name: 'Ada Quillwort', site: 'gazette.en', key, mentions: true, now: firstVisit }
    expect(await eraseAuthor(open().db, request, free)).toMatchObject({ comments: 0 })
    await visit({ comments: [keyless], at: later(1) })
    expect(await commentsOf()).toMatchObject([{ author_name: null, author_display: null, body_text: '' }])
  })

  it('are erased in any case and alphabet, whatever the database takes for a lower-case letter', async () => {
    const { visit, commentsOf } = await openSite({ id: 'alphabets' })
    const own = commentWith({
      nativeId: '1',
      authorName: 'Жужелица',
      authorKey: 'user:жужелица',
      bodyText: 'Да.',
    })
    const other = commentWith({
      nativeId: '2',
      bodyText: 'ЖУЖЕЛИЦА, @жужелица и Жужелица',
      bodyHtml: '<p>ЖУЖЕЛИЦА, @жужелица и Жужелица</p>',
    })
    await visit({
      comments: [own, other],
      html: String.raw`{"by":"\u0416\u0443\u0436\u0435\u043b\u0438\u0446\u0430"}`,
    })
    await eraseAuthor(
      open().db,
      { name: 'жужелица', site: 'alphabets', key, mentions: true, now: later(1) },
      free,
    )
    expect(await commentsOf()).toMatchObject([
      { body_text: '' },
      { body_text: '[erased], @[erased] и [erased]' },
    ])
    expect(await dump()).not.toMatch(/жужелица|\\u0416\\u0443/)
    if (kind === 'server' && spawnSync('pg_dump', ['--version']).status === 0) {
      const [row] = await rowsOf(open(), sql`select current_database() as name`)
      const url = new URL(inject('databases').serverUrl)
      url.pathname = `/${String(row?.['name'])}`
      const dumped = execFileSync('pg_dump', [url.href], { encoding: 'utf8' })
      expect(dumped).toContain('alphabets')
      expect(dumped.toLowerCase()).not.toContain('жужелица')
    }
  })

  it('are erased however a page or another writer spells them', async () => {
    const { visit, guarded, commentsOf } = await openSite({ id: 'spellings' })
    const own = commentWith({ nativeId: '1', authorName: "Søren O'Fern", authorKey: null, bodyText: 'Yes.' })
    const typed = { bodyText: 'As Søren O’Fern says.', bodyHtml: '<p>As Søren O’Fern says.</p>' }
    const other = commentWith({ nativeId: '2', ...typed })
    const pages = Object.entries({
      entities: 'S&oslash;ren O&#039;Fern',
      quotes: 'S&#248;ren&nbsp;O&rsquo;Fern',
      tags: '<b>Søren</b> O&apos;Fern',
      json: String.raw`{"text":"as\nS\u00f8ren O\u0027Fern said"}`,
      feed: '<title>S&amp;oslash;ren O&amp;#8217;Fern</title>',
    }).map(([name, html]) => captureOf(`https://gazette.example/${name}`, html))
    const clean = captureOf('https://gazette.example/clean', '<i>Søren Fern</i>')
    const keepAll = async () => {
      const store = await guarded()
      for (const page of [...pages, clean]) await store.keepNonArticle(page)
    }
    const withBytes = () =>
      rowsOf(
        open(),
        sql`select url from captures where site_id = 'spellings' and octet_length(body) > 20 and url not like '%/news/%'`,
      )
    await visit({ comments: [own, other] })
    await keepAll()
    expect(await withBytes()).toHaveLength(6)
    await eraseAuthor(
      open().db,
      { name: 'søren o’fern', site: 'spellings', key, mentions: true, now: later(1) },
      free,
    )
    expect(await withBytes()).toEqual([{ url: clean.url }])
    const erased = await commentsOf()
    expect(erased).toMatchObject([{ body_text: '', author_name: null }, { body_text: 'As [erased] says.' }])
    await keepAll()
    expect(await withBytes()).toEqual([{ url: clean.url }])
    expect((await visit({ comments: [own, other], at: later(2) })).comments).toMatchObject({ edited: 0 })
    expect(await commentsOf()).toEqual(erased)
  })

  it('keep their names where these are words of every day, and only their comments go', async () => {
    const { visit, commentsOf } = await openSite({ id: 'everyday' })
    const sun = commentWith({ nativeId: '1', authorName: 'Sun', authorKey: 'user:sun' })
    const other = commentWith({
      nativeId: '2',
      bodyText: 'The sun shines.',
      bodyHtml: '<p>The sun shines.</p>',
    })
    await visit({ comments: [sun, other] })
    await eraseAuthor(
      open().db,
      { name: 'user:sun', site: 'everyday', key, mentions: false, now: later(1) },
      free,
    )
    await visit({ comments: [sun, other], at: later(2) })
    expect(await commentsOf()).toMatchObject([{ body_text: '' }, { body_text: 'The sun shines.' }])
  })

  it('may have a page erased, which is not asked for again', async () => {
    const { visit, guarded } = await openSite({ id: 'page' })
    const url = 'https://gazette.example/2026/erased-page'
    await visit({ askedUrl: `${url}?amp`, article: { canonicalUrl: url }, comments: [first] })
    const report = await erasePage(open().db, { url: `${url}?amp`, key, now: later(1) }, free)
    expect(report).toMatchObject({ articles: 1, comments: 1 })
    expect(await dump()).not.toContain('erased-page')
    const hash = urlHash(url)
    expect(await (await guarded()).knownPages([hash], later(2))).toEqual(new Map([[hash, 'fresh']]))
    await visit({ article: { canonicalUrl: url }, comments: [first], at: later(2) })
    await (
      await guarded()
    ).recordFailure({ url, stage: 'fetch', class: 'timeout', message: url, at: later(2) })
    expect(await dump()).not.toContain('erased-page')
  })

  it('may have a page erased, of which alarms and copies say no more', async () => {
    const { visit, runId } = await openSite({ id: 'alarmed', url: 'https://alarmed.example/' })
    const origin = 'https://alarmed.example/1'
    const others = [`${origin}2`, 'https://alarmed.example/3']
    for (const url of [origin, ...others]) await visit({ article: { canonicalUrl: url } })
    const { db } = open()
    await db.execute(sql`
      update articles set duplicate_of = (select id from articles where url = ${origin})
      where site_id = 'alarmed' and url <> ${origin}`)
    const urls = [origin, ...others]
    const alarm = {
      kind: 'shared_thread',
      subject: `${origin} 7`,
      message: `one isso thread (${origin}) stands under 3 articles: ${urls.join(', ')}`,
      urls,
      since: later(0).toISOString(),
    } as const
    const quiet = {
      kind: 'nothing_new',
      message: 'nothing new',
      urls: [],
      since: later(0).toISOString(),
    } as const
    await saveSiteCheck(db, {
      siteId: 'alarmed',
      runId,
      at: later(0),
      pages: 3,
      fillRates: {},
      alarms: [alarm, quiet],
    })
    await erasePage(db, { url: origin, key, now: later(1) }, free)
    expect((await readSiteChecks(db, 'alarmed'))[0]?.alarms).toEqual([
      {
        ...alarm,
        subject: '[erased] 7',
        message: `one isso thread ([erased]) stands under 3 articles: [erased], ${others.join(', ')}`,
        urls: others,
      },
      quiet,
    ])
    expect(
      await rowsOf(
        open(),
        sql`select url, duplicate_of from articles where site_id = 'alarmed' order by url`,
      ),
    ).toEqual(others.map((url) => ({ url, duplicate_of: null })))
  })

  it('are kept as long as their site says, and a crawl does not begin anew', async () => {
    const site = defineSite({
      id: 'kept',
      name: 'Gazette',
      url: 'https://gazette.example/',
      nameDays: 10,
      commentDays: 20,
      runDays: 5,
    })
    const { visit, commentsOf, runId } = await openSite(site)
    const at = (days: number) => new Date(firstVisit.getTime() + days * 86_400_000)
    const keep = async (days: number) => {
      await visit({ comments: [first], at: at(days) })
      await endRetention(open().db, site, at(days))
      return (await commentsOf())[0]
    }
    expect(await keep(8)).toMatchObject({ author_name: 'Quillwort', body_text: 'The bridge is fine.' })
    expect(await keep(12)).toMatchObject({
      author_name: null,
      author_key: null,
      body_text: 'The bridge is fine.',
    })
    expect(await keep(22)).toMatchObject({ body_text: '', body_html: '', state: 'visible' })
    const before = await dumpTables(open())
    await keep(22.1)
    expect(
      changedColumns(before, await dumpTables(open())).filter((column) => column.startsWith('comment')),
    ).toEqual([])
    expect(await rowsOf(open(), sql`select id from runs where id = ${runId}`)).toEqual([])
    // Pages of the first days, read again.
    const options = { siteId: 'kept', runId, isFamilyMember: false, revisit: revisitPolicy }
    const lease = await leaseOf(open().db, 'kept')
    const guard = await openGuard(open().db, { pseudonymKey: secret, privacy: 'names' }, site)
    for (const openStore of [openReplayStore, openImportStore]) {
      const store = privateStore(openStore(open().db, { ...options, lease }), guard, () => at(23))
      const unknown = commentWith({ nativeId: openStore.name, authorKey: 'user:sorrel' })
      const undated = commentWith({ ...unknown, nativeId: `${openStore.name} undated`, publishedAt: null })
      await store.savePage(pageOf({ comments: [first, unknown, undated], at: at(1) }))
    }
    expect(await commentsOf()).toEqual(
      Array.from({ length: 5 }, () =>
        expect.objectContaining({ author_name: null, author_key: null, body_text: '', body_html: '' }),
      ),
    )
  })

  it('need the key that their database was begun with', async () => {
    const { db } = open()
    const wrong = openKey(db, { pseudonymKey: 'another key of thirty-two letters', privacy: 'names' }, true)
    await expect(wrong).rejects.toThrow(UsageError)
    await expect(wrong).rejects.toThrow(/is not the key that this database was begun with/)
    await expect(openKey(db, { pseudonymKey: null, privacy: 'names' }, false)).rejects.toThrow(
      /COMMENTARIAT_PSEUDONYM_KEY is not set, and this database needs it/,
    )
    expect(JSON.stringify(await rowsOf(open(), sql`select * from privacy_keys`))).not.toContain(secret)
  })
})
