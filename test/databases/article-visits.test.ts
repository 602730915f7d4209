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

  it('costs one write with the pass over the thread, and one of the article', async () => {
    await open().db.transaction(async (transaction) => {
      const writes = async () => {
        const [counted] = await transaction.execute<{
          articles: number
          threads: number
          checks: number
        }>(sql`
          select pg_stat_get_xact_tuples_updated('articles'::regclass)::int as articles,
            pg_stat_get_xact_tuples_updated('threads'::regclass)::int as threads,
            (pg_stat_get_xact_tuples_updated('article_checks'::regclass)
              + pg_stat_get_xact_tuples_inserted('article_checks'::regclass))::int as checks`)
        return counted ?? { articles: 0, threads: 0, checks: 0 }
      }
      const { save, store } = await storeOf({ db: transaction }, { id: 'counted' })
      await save({ comments, readingKey: 'as it is' })
      const before = await writes()
      await save({ comments, at: later(1), readingKey: 'as it is' })
      const read = await writes()
      expect(read).toEqual({ ...before, articles: before.articles + 1, threads: before.threads + 1 })
      const visit = { askedUrl: url, readingKey: 'as it is', seenAt: later(2), timezone: 'UTC' }
      expect(await store.confirmPage(visit)).not.toBeNull()
      expect(await writes()).toEqual({ ...read, articles: read.articles + 1, threads: read.threads + 1 })
    })
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
