import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openGuard } from '../../jobs/wiring/privacy.ts'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { eraseAuthor, previewAuthor } from '../../src/db/erasure/erase-author.ts'
import { rememberKey } from '../../src/db/privacy-keys.ts'
import { openImportStore } from '../../src/db/replay/import-store.ts'
import { openReplayStore } from '../../src/db/replay/replay-store.ts'
import { startRun } from '../../src/db/runs.ts'
import { endRetention } from '../../src/db/retention.ts'
import type { TakeSite } from '../../src/db/site-leases.ts'
import type { Article } from '../../src/extractors/article/article.ts'
import type { Comment } from '../../src/extractors/comments/platform.ts'
import { PrivacyKey } from '../../src/privacy/privacy-key.ts'
import { privateStore } from '../../src/privacy/private-store.ts'
import { defineSite, type SiteDeclaration } from '../../src/sites/site.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, firstVisit, later, leaseOf, pageOf, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const secret = 'a key that is kept outside the database'
const key = new PrivacyKey(secret)

/** No site is being crawled. Tells which were asked for. */
function freeSites(): { take: TakeSite; asked: string[] } {
  const asked: string[] = []
  const take: TakeSite = (siteId) => {
    asked.push(siteId)
    return Promise.resolve({ siteId, epoch: 1, signal: new AbortController().signal, lose: () => undefined })
  }
  return { take, asked }
}

const { rules } = pageOf().article

const topic = {
  subtitle: null,
  authors: ['Quillwort'],
  bodyText: 'Is the bridge open? Ask fern, or write to ada@quill.example.',
  bodyHtml: '<p>Is the bridge open? Ask fern, or write to ada@quill.example.</p>',
  excerpt: 'Is the bridge open? Ask fern …',
  imageUrl: 'https://gazette.example/avatars/quillwort.png',
  tags: ['Quillwort'],
  rules: { ...rules, authors: 'opening-post', body: 'opening-post' },
} as const

const opening = commentWith({
  nativeId: '1',
  authorName: 'Quillwort',
  authorKey: null,
  bodyText: topic.bodyText,
  bodyHtml: topic.bodyHtml,
})
const answer = commentWith({ nativeId: '2', bodyText: 'It is.' })

describeEachDatabase('topics of forums', (open) => {
  async function openSite(
    declaration: Partial<SiteDeclaration> & { id: string },
    comments: readonly Comment[] = [opening, answer],
  ) {
    const { db } = open()
    const { store } = await storeOf(open(), declaration)
    const site = defineSite({ name: 'Board', url: 'https://gazette.example/', ...declaration })
    const visit = async (at: Date, article: Partial<Article> = {}) => {
      const guard = await openGuard(db, { pseudonymKey: secret, privacy: 'names' }, site)
      const page = pageOf({ at, article: { ...topic, ...article }, comments })
      return privateStore(store, guard, () => at).savePage(page)
    }
    const held = async () => {
      const [row] = await rowsOf(
        open(),
        sql`select a.title, a.authors, a.tags, a.subtitle, a.excerpt, a.image_url, a.body_text, a.body_html, a.revision,
          (select count(*)::int from article_revisions r where r.article_id = a.id) as former
          from articles a where a.site_id = ${declaration.id}`,
      )
      return row
    }
    const erase = (name: string) => ({ name, site: declaration.id, key, mentions: true, now: later(2) })
    return { visit, held, site, erase }
  }

  const empty = {
    authors: [],
    tags: [],
    subtitle: null,
    excerpt: null,
    image_url: null,
    body_text: '',
    body_html: '',
    former: 0,
  }

  it.each(['pseudonymise', 'nameless'] as const)(
    'hold their title alone where writers are held %s',
    async (privacy) => {
      const { visit, held } = await openSite({ id: `board-${privacy}`, privacy })
      await visit(firstVisit)
      expect(await held()).toEqual({ ...empty, title: 'Bridge over the Lorn reopens', revision: 1 })
      expect(await visit(later(1))).toMatchObject({ change: 'unchanged' })
      // Another part of a long thread, of which other writers are known.
      expect(await visit(later(2), { bodyText: `${topic.bodyText} Or ask Bobby.` })).toMatchObject({
        change: 'unchanged',
      })
      expect(await held()).toEqual({ ...empty, title: 'Bridge over the Lorn reopens', revision: 1 })
    },
  )

  it('hold their title alone where it can not be told whose the words are', async () => {
    const { visit, held } = await openSite({ id: 'board-posts', privacy: 'pseudonymise' })
    await visit(firstVisit, { rules: { ...rules, body: 'posts' } })
    expect(await held()).toMatchObject(empty)
  })

  it('are emptied when their writer is erased, and no crawl brings them back', async () => {
    const { visit, held, erase } = await openSite({ id: 'board-erased' })
    await rememberKey(open().db, key, firstVisit)
    await visit(firstVisit, { bodyText: topic.bodyText.slice(0, 19) })
    await visit(later(1))
    expect(await held()).toMatchObject({ body_text: topic.bodyText, former: 1 })
    const request = erase('quillwort')
    expect(await previewAuthor(open().db, request)).toMatchObject({ articles: 1, comments: 1 })
    expect(await eraseAuthor(open().db, request, freeSites().take)).toMatchObject({
      articles: 1,
      comments: 1,
    })
    expect(await held()).toMatchObject({ ...empty, revision: 2 })
    expect(await visit(later(3))).toMatchObject({ change: 'unchanged' })
    expect(await held()).toMatchObject({ ...empty, revision: 2 })
    expect(await previewAuthor(open().db, request)).toMatchObject({ articles: 0 })
    // Read otherwise, as by another design of the board, and read again so.
    for (const hours of [4, 5]) {
      await visit(later(hours), { authors: [], rules: { ...rules, body: 'heuristic' } })
      expect(await held()).toMatchObject({ ...empty, revision: 2 })
    }
    const noted = await rowsOf(
      open(),
      sql`select a.site_id from erased_rows e join articles a on a.id = e.row_id
        where e.table_name = 'articles' and a.site_id = 'board-erased'`,
    )
    expect(noted).toEqual([{ site_id: 'board-erased' }])
  })

  it('are emptied where their writer wrote nothing else, with their site kept from being crawled meanwhile', async () => {
    const { visit, held, erase } = await openSite({ id: 'board-question' }, [answer])
    await visit(firstVisit)
    const { take, asked } = freeSites()
    expect(await eraseAuthor(open().db, erase('Quillwort'), take)).toMatchObject({ articles: 1, comments: 0 })
    expect(asked).toEqual(['board-question'])
    expect(await held()).toMatchObject(empty)
  })

  it('are emptied in any alphabet', async () => {
    const { visit, held, erase } = await openSite({ id: 'board-letters' }, [answer])
    await visit(firstVisit, { authors: ['ŁUKASZ ÖGÜN'] })
    expect(await eraseAuthor(open().db, erase('Łukasz Ögün'), freeSites().take)).toMatchObject({
      articles: 1,
    })
    expect(await held()).toMatchObject(empty)
  })

  it('are emptied where they were read before their writer was known', async () => {
    const { visit, held, erase } = await openSite({ id: 'board-unknown' })
    await visit(firstVisit, { authors: [], rules: { ...rules, body: 'heuristic' } })
    await eraseAuthor(open().db, erase('Quillwort'), freeSites().take)
    await visit(later(3))
    expect(await held()).toMatchObject(empty)
  })

  it('are emptied where the text may hold what an erased writer answered', async () => {
    const { visit, held, erase } = await openSite({ id: 'board-mixed' })
    const mixed = {
      authors: [],
      bodyText: `${topic.bodyText}\n\nIt is.`,
      rules: { ...rules, body: 'posts' },
    } as const
    await visit(firstVisit, mixed)
    expect(await eraseAuthor(open().db, erase('fern'), freeSites().take)).toMatchObject({ articles: 1 })
    expect(await held()).toMatchObject(empty)
    await visit(later(3), mixed)
    expect(await held()).toMatchObject(empty)
  })

  it('keep an opening post where a later reading can not tell whose the words are', async () => {
    const { visit, held } = await openSite({ id: 'board-unclear' })
    const mixed = {
      authors: [],
      bodyText: topic.bodyText.repeat(9),
      rules: { ...rules, body: 'posts' },
    } as const
    await visit(firstVisit, mixed)
    expect(await visit(later(1))).toMatchObject({ change: 'changed' })
    expect(await visit(later(2), mixed)).toMatchObject({ change: 'unchanged', isTextKept: true })
    expect(await held()).toMatchObject({ authors: ['Quillwort'], body_text: topic.bodyText })
  })

  it('that are of no known time do not come back when theirs is over', async () => {
    const { visit, held, site } = await openSite({ id: 'board-undated', commentDays: 20 })
    await visit(firstVisit, { publishedAt: null })
    await endRetention(open().db, site, later(24 * 22))
    expect(await held()).toMatchObject({ ...empty, revision: 1 })
    expect(await visit(later(24 * 23), { publishedAt: null })).toMatchObject({ change: 'unchanged' })
    expect(await held()).toMatchObject({ ...empty, revision: 1 })
  })

  it('of others keep their words, as articles do, when one whom they name is erased', async () => {
    const { visit, held, erase } = await openSite({ id: 'board-naming' })
    await visit(firstVisit)
    expect(await eraseAuthor(open().db, erase('fern'), freeSites().take)).toMatchObject({
      articles: 0,
      articlesNaming: 1,
    })
    expect(await visit(later(3))).toMatchObject({ change: 'unchanged' })
    expect(await held()).toMatchObject({ authors: ['Quillwort'], body_text: topic.bodyText, former: 0 })
  })

  it('are kept as long as their site says', async () => {
    const { visit, held, site } = await openSite({ id: 'board-kept', nameDays: 10, commentDays: 20 })
    const keep = async (days: number) => {
      const at = later(24 * days)
      const { change } = await visit(at)
      await endRetention(open().db, site, at)
      return { ...(await held()), change }
    }
    expect(await keep(8)).toMatchObject({ authors: ['Quillwort'], body_text: topic.bodyText, change: 'new' })
    expect(await keep(12)).toMatchObject({
      authors: [],
      tags: [],
      image_url: null,
      body_text: topic.bodyText,
      change: 'unchanged',
    })
    expect(await keep(22)).toMatchObject({ ...empty, change: 'unchanged' })
    expect(await keep(23)).toMatchObject({ ...empty, change: 'unchanged' })
  })

  it.each([openReplayStore, openImportStore])(
    'are emptied by $name too, however they were read before',
    async (openStore) => {
      const id = `board-${openStore.name.toLowerCase()}`
      const { visit, held, site } = await openSite({ id, commentDays: 20 })
      await visit(firstVisit, { rules: { ...rules, body: 'heuristic' } })
      const guard = await openGuard(open().db, { pseudonymKey: secret, privacy: 'names' }, site)
      const lease = await leaseOf(open().db, id)
      const runId = await startRun(open().db, id, 'reextract', firstVisit)
      const options = { siteId: id, runId, isFamilyMember: false, revisit: revisitPolicy, lease }
      const store = privateStore(openStore(open().db, options), guard, () => later(24 * 22))
      await store.savePage(pageOf({ at: later(1), article: topic, comments: [opening, answer] }))
      expect(await held()).toMatchObject(empty)
      const undated = { ...topic, publishedAt: null, rules: { ...topic.rules, body: 'heuristic' } } as const
      await store.savePage(pageOf({ at: later(24 * 21), article: undated, comments: [opening, answer] }))
      expect(await held()).toMatchObject(empty)
    },
  )

  it('are emptied in time though nobody reads them again', async () => {
    const { visit, held, site } = await openSite({ id: 'board-left', commentDays: 20 })
    await visit(firstVisit)
    await endRetention(open().db, site, later(24 * 22))
    expect(await held()).toMatchObject(empty)
  })
})
