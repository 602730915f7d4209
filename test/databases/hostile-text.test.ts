import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { cleanLine, cleanText } from '../../src/normalise/text.ts'
import { canonicalUrl, urlHash } from '../../src/normalise/url.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, pageOf, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

/** Texts that databases, JSON and SQL trip over, as they come from a page. */
const hostile: Readonly<Record<string, string>> = {
  'U+0000': 'nul\u0000l',
  'a lone high surrogate': 'half \uD83D of a face',
  'a lone low surrogate': 'half \uDE00 of a face',
  'non-characters': 'a\uFFFEb\uFFFFc\u{1FFFF}d',
  controls: 'bell\u0007 escape\u001B[31m delete\u007F',
  'a decomposed letter': 'cafe\u0301',
  'an emoji of many parts': '👩‍👩‍👧‍👦 and 🏳️‍🌈',
  'right to left marks': 'abc \u202Edef\u202C ghi',
  'a quote that ends a statement': "'); drop table comments; --",
  'a dollar quote': '$$; delete from articles; $$ $1 ${1} :name ?',
  'a backslash': "\\'; update sites set name = E'\\x41'; --\\",
  'a JSON escape': '\\u0000 \\ud83d {"quotes": [{"author": "\\"}]}',
  'a COPY end': '\\.\n\\N\t\\\\',
  'an array literal': '{"a","b"} {NULL} {{',
}

describeEachDatabase('hostile text', (open) => {
  it.each(Object.entries(hostile))(
    'with %s is stored as it was cleaned, and read again unchanged',
    async (name, raw) => {
      const { save } = await storeOf(open(), { id: `hostile-${urlHash(name).slice(0, 12)}` })
      const text = cleanText(raw)
      const line = cleanLine(raw)
      const article = {
        title: line,
        authors: [line!, 'Ada, "the" Quill'],
        tags: [line!],
        bodyText: text,
        bodyHtml: text,
      }
      const comments = [
        commentWith({
          nativeId: line!,
          bodyText: text,
          bodyHtml: text,
          authorName: line,
          authorKey: line,
          publishedRaw: line,
          quotes: [{ author: line, text, nativeId: line }],
        }),
      ]
      const headers = { 'content-type': line!, etag: line! }
      await save({ article, comments, thread: { nativeId: line! }, capture: { headers } })
      expect(await save({ article, comments, thread: { nativeId: line! }, at: later(1) })).toMatchObject({
        change: 'unchanged',
        comments: { new: 0, edited: 0, removed: 0, unchanged: 1 },
      })
      const site = `hostile-${urlHash(name).slice(0, 12)}`
      const [row] = await rowsOf(
        open(),
        sql`
      select a.title, a.authors, a.tags, a.body_text as article_text, c.native_id, c.body_text, c.author_name, c.quotes,
        t.native_id as thread
      from articles a join comments c on c.article_id = a.id join threads t on t.id = c.thread_id
      where a.site_id = ${site}`,
      )
      expect(row).toEqual({
        title: line,
        authors: [line, 'Ada, "the" Quill'],
        tags: [line],
        article_text: text,
        native_id: line,
        body_text: text,
        author_name: line,
        quotes: [{ author: line, text, native_id: line }],
        thread: line,
      })
    },
  )

  it('leaves every table where it was', async () => {
    const [row] = await rowsOf(
      open(),
      sql`
      select count(*)::int as n from information_schema.tables
      where table_schema = 'public' and table_name in ('articles', 'comments', 'sites', 'threads')`,
    )
    expect(row).toEqual({ n: 4 })
  })

  it('of a megabyte is stored whole', async () => {
    const { save } = await storeOf(open(), { id: 'megabyte' })
    const text = cleanText('Длинное/слово—'.repeat(80_000))
    expect(text.length).toBe(1_000_000)
    await save({
      article: { bodyText: text, bodyHtml: text },
      comments: [commentWith({ nativeId: '1', bodyText: text })],
    })
    const [row] = await rowsOf(
      open(),
      sql`
      select length(a.body_text) as article, length(c.body_text) as comment, a.body_text = c.body_text as same
      from articles a join comments c on c.article_id = a.id where a.site_id = 'megabyte'`,
    )
    expect(row).toEqual({ article: 1_000_000, comment: 1_000_000, same: true })
  })

  it('longer than is kept is marked as cut, and what is cut off still makes an edit', async () => {
    const { save } = await storeOf(open(), { id: 'cut' })
    const cut = commentWith({ nativeId: '1', bodyText: 'The beginning', wholeHash: 'a'.repeat(64) })
    await save({ comments: [cut, commentWith({ nativeId: '2' })] })
    expect((await save({ comments: [cut, commentWith({ nativeId: '2' })], at: later(1) })).comments).toEqual({
      new: 0,
      edited: 0,
      removed: 0,
      unchanged: 2,
    })
    const edited = { ...cut, wholeHash: 'b'.repeat(64) }
    const { comments } = await save({ comments: [edited, commentWith({ nativeId: '2' })], at: later(2) })
    expect(comments).toMatchObject({ edited: 1, unchanged: 1 })
    const rows = await rowsOf(
      open(),
      sql`select c.native_id, c.is_cut, c.revision from comments c join articles a on a.id = c.article_id
        where a.site_id = 'cut' order by c.native_id`,
    )
    expect(rows).toEqual([
      { native_id: '1', is_cut: true, revision: 2 },
      { native_id: '2', is_cut: false, revision: 1 },
    ])
  })

  it('in an address of five kilobytes does not break its index', async () => {
    const { save, store } = await storeOf(open(), { id: 'long-address' })
    const url = canonicalUrl(`https://gazette.example/news/${'ж'.repeat(850)}?q=${'x'.repeat(500)}'"--`)!
    expect(url.length).toBeGreaterThan(5000)
    const permalink = `${url}#c`
    await save({
      article: { canonicalUrl: url },
      askedUrl: `${url}&page=2`,
      comments: [commentWith({ nativeId: '1', permalink })],
    })
    await store.recordFailure({ url, stage: 'fetch', class: 'timeout', message: url, at: later(1) })
    expect(await store.knownPages([urlHash(url), urlHash(`${url}&page=2`)], later(1))).toEqual(
      new Map([
        [urlHash(url), 'due'],
        [urlHash(`${url}&page=2`), 'due'],
      ]),
    )
    expect(await store.duePages(later(1), 10)).toEqual([url])
  })

  it('that was not cleaned is refused whole, with the page before it still held', async () => {
    const { save, store } = await storeOf(open(), { id: 'refused' })
    await save({ comments: [commentWith({ nativeId: '1' })] })
    const dirty = pageOf({ at: later(1), comments: [commentWith({ nativeId: '1', bodyText: 'nul\u0000l' })] })
    await expect(store.savePage(dirty)).rejects.toThrow()
    const [row] = await rowsOf(
      open(),
      sql`
      select c.body_text, c.revision from comments c join articles a on a.id = c.article_id where a.site_id = 'refused'`,
    )
    expect(row).toEqual({ body_text: 'words of 1', revision: 1 })
    expect(
      (await save({ comments: [commentWith({ nativeId: '1' })], at: later(2) })).comments.unchanged,
    ).toBe(1)
  })
})
