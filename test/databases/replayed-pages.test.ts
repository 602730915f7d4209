import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import { openImportStore } from '../../src/db/replay/import-store.ts'
import { openReplayStore } from '../../src/db/replay/replay-store.ts'
import { storedAnswers } from '../../src/db/replay/stored-answers.ts'
import { describeEachDatabase } from './each-database.ts'
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

const url = 'https://gazette.example/news/bridge'
const first = commentWith({ nativeId: '1' })
const second = commentWith({ nativeId: '2', publishedAt: new Date('2026-03-01T09:00:00Z') })
const none = { new: 0, edited: 0, removed: 0, unchanged: 0 }

describeEachDatabase('a replayed page', (open) => {
  const openBoth = async (id: string) => {
    const { save, runId } = await storeOf(open(), { id })
    const store = openReplayStore(open().db, {
      siteId: id,
      runId,
      isFamilyMember: false,
      revisit: revisitPolicy,
      lease: await leaseOf(open().db, id),
    })
    return { save, replay: (visit: Visit) => store.savePage(pageOf(visit)) }
  }
  const commentsOf = (site: string) =>
    rowsOf(
      open(),
      sql`select c.native_id, c.state, c.body_text, c.body_html, c.revision, c.author_name, c.likes, c.revision_cause
        from comments c join articles a on a.id = c.article_id where a.site_id = ${site} order by c.position`,
    )

  it('writes nothing where it is read as before, and never what was seen later', async () => {
    const { save, replay } = await openBoth('nothing')
    await save({ comments: [first, second] })
    await save({ comments: [first, { ...second, bodyText: 'edited', likes: 9 }], at: later(1) })
    await save({ article: { title: 'Corrected headline' }, at: later(2), comments: [first, second] })
    const before = await dumpTables(open())
    const replayed = await replay({ comments: [first, { ...second, bodyText: 'edited' }], at: later(1) })
    expect(replayed).toMatchObject({ change: 'unchanged', comments: { ...none, unchanged: 2 } })
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
  })

  it('of an older import adds what is not held, though its thread is read with newer answers', async () => {
    const { save, runId } = await storeOf(open(), { id: 'older' })
    const imported = openImportStore(open().db, {
      siteId: 'older',
      runId,
      isFamilyMember: false,
      revisit: revisitPolicy,
      lease: await leaseOf(open().db, 'older'),
    })
    await save({ comments: [first, second] })
    const edited = { ...first, bodyText: 'words of 1. Edit: no more' }
    await save({ comments: [edited, second], at: later(2) })
    const before = await commentsOf('older')
    const third = commentWith({ nativeId: '3' })
    const older = pageOf({ comments: [first, second, third], at: later(1) })
    const page2 = captureOf(`${url}?page=2`, 'second page', { kind: 'comments', fetchedAt: later(3) })
    const thread = older.thread === null ? null : { ...older.thread, captures: [page2] }
    const saved = await imported.savePage({ ...older, thread })
    expect(saved).toMatchObject({ change: 'unchanged', comments: { ...none, new: 1, unchanged: 2 } })
    const held = await commentsOf('older')
    expect(held.filter((row) => row['native_id'] !== '3')).toEqual(before)
    expect(held).toHaveLength(3)
  })

  it('adds what was not read, and corrects what was read wrongly, as a revision of ours', async () => {
    const { save, replay } = await openBoth('corrected')
    await save({ comments: [{ ...first, bodyText: 'words of 1 Reply', authorName: null, likes: 3 }] })
    const checks = () => rowsOf(open(), sql`select checked_at, next_check_at from threads order by id`)
    const before = await checks()
    const replayed = await replay({
      article: { title: 'Bridge reopens', section: 'Traffic', subtitle: null },
      comments: [first, second],
    })
    expect(replayed).toMatchObject({ change: 'changed', comments: { ...none, new: 1, edited: 1 } })
    expect(await commentsOf('corrected')).toMatchObject([
      { body_text: 'words of 1', revision: 2, author_name: 'fern', likes: 3, revision_cause: 'extractor' },
      { body_text: 'words of 2', revision: 1, revision_cause: 'site' },
    ])
    expect(
      await rowsOf(
        open(),
        sql`select title, cause from article_history where site_id = 'corrected' order by revision`,
      ),
    ).toEqual([
      { title: 'Bridge over the Lorn reopens', cause: 'site' },
      { title: 'Bridge reopens', cause: 'extractor' },
    ])
    expect(await checks()).toEqual(before)
    expect(
      await rowsOf(open(), sql`select section, subtitle from articles where site_id = 'corrected'`),
    ).toEqual([{ section: 'Traffic', subtitle: 'After two years of work' }])
  })

  it('does not bring back a comment that was removed since, nor count one as missing', async () => {
    const { save, replay } = await openBoth('absent')
    await save({ comments: [first, second] })
    for (const hour of [1, 2]) await save({ comments: [first], at: later(hour) })
    await replay({ comments: [first, second] })
    for (const hour of [0, 0]) await replay({ comments: [], at: later(hour) })
    expect((await commentsOf('absent')).map(({ state }) => state)).toEqual(['visible', 'removed'])
    expect(
      await rowsOf(
        open(),
        sql`select c.missing_since from comments c join articles a on a.id = c.article_id
          where a.site_id = 'absent' and c.native_id = '1'`,
      ),
    ).toEqual([{ missing_since: null }])
  })

  it('undoes an edit that was a notice', async () => {
    const { save, replay } = await openBoth('notice')
    const notice = { ...second, bodyText: 'This comment was removed by a moderator' }
    await save({ comments: [first, { ...second, bodyText: 'a < b\n\nand more' }] })
    await save({ comments: [first, notice], at: later(1) })
    const withdrawn = { ...second, bodyText: '', bodyHtml: '', state: 'removed' as const }
    expect((await replay({ comments: [first, withdrawn], at: later(1) })).comments.removed).toBe(1)
    expect((await commentsOf('notice'))[1]).toMatchObject({
      state: 'removed',
      body_text: 'a < b\n\nand more',
      body_html: '<p>a &lt; b</p><p>and more</p>',
      revision: 1,
    })
    expect((await replay({ comments: [first, withdrawn], at: later(1) })).comments.removed).toBe(0)
  })

  it('lets nothing empty take the place of something', async () => {
    const { save, replay } = await openBoth('empty')
    await save({ comments: [first] })
    const before = await dumpTables(open())
    await replay({ article: { bodyText: '' }, comments: [{ ...first, bodyText: '', bodyHtml: '' }] })
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
  })

  it('is the newest capture of its address, after which comes the newest that was an article', async () => {
    const { store, save } = await storeOf(open(), { id: 'order' })
    await save({ html: 'one' })
    await save({ html: 'two', at: later(1), article: { title: 'Another headline' } })
    await store.keepNonArticle(captureOf(url, 'back soon', { fetchedAt: later(2) }))
    await store.keepNonArticle(captureOf(`${url}/tags`, 'a list', { fetchedAt: later(3) }))
    const stored = storedAnswers(open().db, 'order')
    const pages = await stored.pages(null)
    expect(pages.map((page) => [page.url, page.captureIds.length])).toEqual([
      [url, 2],
      [`${url}/tags`, 1],
    ])
    const bodies = await Promise.all(pages[0]!.captureIds.map((id) => stored.byId(id)))
    expect(bodies.map((answer) => new TextDecoder().decode(answer?.body))).toEqual(['back soon', 'two'])
    expect(bodies.map((answer) => answer?.fetchedAt)).toEqual([later(2), later(1)])
    expect((await stored.pages(later(3))).map((page) => page.url)).toEqual([`${url}/tags`])
    expect(await stored.pages(new Date(firstVisit.getTime() + 9e9))).toEqual([])
  })
})
