import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { markArticleGone } from '../../src/db/article-checks.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const url = 'https://gazette.example/news/bridge'
const comments = [commentWith({ nativeId: '1' })]

describeEachDatabase('the last visit to an article', (open) => {
  /** Where it is written, and that it is the article's. */
  const visitsOf = (site: string) =>
    rowsOf(
      open(),
      sql`
        select coalesce(t.native_id, 'none') as thread, v.checked_at = a.checked_at as "isLast",
          v.next_check_at >= v.checked_at as "isPlanned"
        from article_visits v join articles a on a.id = v.article_id
        left join threads t on t.article_id = a.id and t.article_next_check_at is not null
        where v.site_id = ${site}`,
    )

  const written = (thread: string) => [{ thread, isLast: true, isPlanned: true }]

  it('is written in the row of the thread that comes with it', async () => {
    const { save, store } = await storeOf(open(), { id: 'with-thread' })
    await save({ comments })
    expect(await visitsOf('with-thread')).toEqual(written('4711'))
    await save({ comments, at: later(5) })
    expect(await visitsOf('with-thread')).toEqual(written('4711'))
    expect(await store.duePages(later(5), 10)).toEqual([])
    expect(await store.duePages(later(24 * 365), 10)).toEqual([url])
  })

  it('is taken over by a thread that comes later', async () => {
    const { save } = await storeOf(open(), { id: 'late-thread' })
    await save()
    expect(await visitsOf('late-thread')).toEqual(written('none'))
    await save({ comments, at: later(1) })
    expect(await visitsOf('late-thread')).toEqual(written('4711'))
  })

  it('stays with a thread that the page shows no more, and with the first of two', async () => {
    const { save } = await storeOf(open(), { id: 'two-threads' })
    await save({ comments })
    await save({ at: later(1) })
    expect(await visitsOf('two-threads')).toEqual(written('4711'))
    await save({ comments, thread: { nativeId: '43' }, at: later(2) })
    expect(await visitsOf('two-threads')).toEqual(written('4711'))
    await save({ comments, at: later(3) })
    expect(await visitsOf('two-threads')).toEqual(written('4711'))
  })

  it.each([
    ['a thread', comments, '4711'],
    ['none', undefined, 'none'],
  ])('is noted when the page is gone: %s', async (_, shown, thread) => {
    const id = `gone-${thread}`
    const { save } = await storeOf(open(), { id })
    await save(shown === undefined ? {} : { comments: shown })
    expect(await markArticleGone(open().db, id, urlHash(url), later(6))).toBe(true)
    expect(await markArticleGone(open().db, id, urlHash(`${url}-2`), later(6))).toBe(false)
    expect(await visitsOf(id)).toEqual(written(thread))
  })
})
