import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openGuard } from '../../jobs/wiring/privacy.ts'
import { eraseAuthor, previewAuthor } from '../../src/db/erasure/erase-author.ts'
import { rememberKey } from '../../src/db/privacy-keys.ts'
import { endRetention } from '../../src/db/retention.ts'
import type { TakeSite } from '../../src/db/site-leases.ts'
import type { Article } from '../../src/extractors/article/article.ts'
import { PrivacyKey } from '../../src/privacy/privacy-key.ts'
import { privateStore } from '../../src/privacy/private-store.ts'
import { defineSite, type SiteDeclaration } from '../../src/sites/site.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, firstVisit, later, pageOf, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const secret = 'a key that is kept outside the database'
const key = new PrivacyKey(secret)

/** No site is being crawled. */
const free: TakeSite = (siteId) =>
  Promise.resolve({ siteId, epoch: 1, signal: new AbortController().signal, lose: () => undefined })

const { rules } = pageOf().article

const topic = {
  subtitle: null,
  authors: ['Quillwort'],
  bodyText: 'Is the bridge open? Ask fern, or write to ada@quill.example.',
  bodyHtml: '<p>Is the bridge open? Ask fern, or write to ada@quill.example.</p>',
  excerpt: 'Is the bridge open? Ask fern …',
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

describeEachDatabase('opening posts', (open) => {
  async function openSite(
    declaration: Partial<SiteDeclaration> & { id: string },
    comments = [opening, answer],
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
        sql`select a.title, a.authors, a.subtitle, a.excerpt, a.body_text, a.body_html, a.revision,
          (select count(*)::int from article_revisions r where r.article_id = a.id) as former
          from articles a where a.site_id = ${declaration.id}`,
      )
      return row
    }
    return { visit, held, site }
  }

  it('are held under pseudonyms as all posts are, and a second visit changes nothing', async () => {
    const { visit, held } = await openSite({ id: 'board-hidden', privacy: 'pseudonymise' })
    await visit(firstVisit)
    const pseudonyms = await rowsOf(
      open(),
      sql`select c.author_name, c.body_text from comments c join articles a on a.id = c.article_id
        where a.site_id = 'board-hidden' order by c.position`,
    )
    const row = await held()
    expect(row).toMatchObject({
      authors: [pseudonyms[0]?.['author_name']],
      body_text: pseudonyms[0]?.['body_text'],
      excerpt: null,
    })
    expect(JSON.stringify(row)).not.toMatch(/quill|fern/i)
    expect(await visit(later(1))).toMatchObject({ change: 'unchanged' })
    expect(await held()).toEqual(row)
  })

  it('are emptied when their writer is erased, and no crawl brings them back', async () => {
    const { visit, held } = await openSite({ id: 'board-erased' })
    await rememberKey(open().db, key, firstVisit)
    await visit(firstVisit, { bodyText: topic.bodyText.slice(0, 19) })
    await visit(later(1))
    expect(await held()).toMatchObject({ body_text: topic.bodyText, former: 1 })
    const request = { name: 'quillwort', site: 'board-erased', key, mentions: true, now: later(2) }
    expect(await previewAuthor(open().db, request)).toMatchObject({ articles: 1, comments: 1 })
    expect(await eraseAuthor(open().db, request, free)).toMatchObject({ articles: 1, comments: 1 })
    const empty = { authors: [], body_text: '', body_html: '', excerpt: null, former: 0, revision: 2 }
    expect(await held()).toMatchObject(empty)
    expect(await visit(later(3))).toMatchObject({ change: 'unchanged' })
    expect(await held()).toMatchObject(empty)
    expect(await previewAuthor(open().db, request)).toMatchObject({ articles: 0 })
  })

  it('are emptied by their pseudonym, also where their writer wrote nothing else', async () => {
    const { visit, held } = await openSite({ id: 'board-question', privacy: 'pseudonymise' }, [answer])
    await visit(firstVisit)
    const request = { name: 'Quillwort', site: 'board-question', key, mentions: true, now: later(2) }
    expect(await eraseAuthor(open().db, request, free)).toMatchObject({ articles: 1, comments: 0 })
    expect(await held()).toMatchObject({ authors: [], body_text: '' })
    expect(await visit(later(3))).toMatchObject({ change: 'unchanged' })
  })

  it('take the place of a longer text that was found by guessing', async () => {
    const { visit, held } = await openSite({ id: 'board-longer' })
    await visit(firstVisit, {
      bodyText: `${topic.bodyText} It is.`.repeat(9),
      rules: { ...rules, body: 'heuristic' },
    })
    expect(await visit(later(1))).toMatchObject({ change: 'changed', isTextKept: false })
    expect(await held()).toMatchObject({ body_text: topic.bodyText, former: 1 })
  })

  it('of others keep their words, as articles do, when one whom they name is erased', async () => {
    const { visit, held } = await openSite({ id: 'board-naming' })
    await visit(firstVisit)
    const request = { name: 'fern', site: 'board-naming', key, mentions: true, now: later(2) }
    expect(await eraseAuthor(open().db, request, free)).toMatchObject({ articles: 0, articlesNaming: 1 })
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
    expect(await keep(12)).toMatchObject({ authors: [], body_text: topic.bodyText, change: 'unchanged' })
    const empty = { authors: [], body_text: '', body_html: '', excerpt: null, former: 0 }
    expect(await keep(22)).toMatchObject(empty)
    expect(await keep(23)).toMatchObject({ ...empty, change: 'unchanged' })
  })
})
