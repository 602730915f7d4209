import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import { describeEachDatabase } from './each-database.ts'
import { newDatabase } from './new-database.ts'
import { commentWith, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

describeEachDatabase('full-text search', (open) => {
  const searchArticles = async (query: string, language: string | null = null, most = 20) =>
    rowsOf(open(), sql`select * from search_articles(${query}, ${language}, ${most}::int)`)
  const searchComments = async (query: string, language: string | null = null, most = 20) =>
    rowsOf(open(), sql`select * from search_comments(${query}, ${language}, ${most}::int)`)
  const titles = async (query: string, language: string | null = null) =>
    (await searchArticles(query, language)).map(({ title }) => title)
  const words = async (query: string, language: string | null = null) =>
    (await searchComments(query, language)).map(({ author_name }) => author_name)

  beforeAll(async () => {
    const { save } = await storeOf(open(), { id: 'gazette' })
    const publish = (
      name: string,
      language: string | null,
      title: string,
      bodyText: string,
      comments: object[] = [],
    ) =>
      save({
        article: {
          canonicalUrl: `https://gazette.example/${name}`,
          nativeId: name,
          language,
          title,
          bodyText,
          subtitle: null,
        },
        thread: { nativeId: name },
        comments: comments.map((fields, index) => commentWith({ nativeId: `${name}-${index}`, ...fields })),
      })
    await publish(
      'bridges',
      'en',
      'Old bridges of Lorn',
      'Two bridges cross the river. The older bridge was built by monks.',
      [
        { authorName: 'runner', bodyText: 'I was running across the bridge & <b>fell</b>' },
        { authorName: 'ghost', bodyText: 'this bridge talk was removed', state: 'withheld' },
        { authorName: 'ping', bodyText: 'bridge bridge bridge', isPing: true },
      ],
    )
    await publish('ferry', 'en-GB', 'Ferry on strike', 'No bridge, no ferry: the island waits.', [
      { authorName: 'cafe', bodyText: 'The café on the pier is shut. '.repeat(3) },
    ])
    await publish(
      'most',
      'ru',
      'Мосты над рекой',
      'Старые мосты закрыты, новый мост строят. Всё идёт по плану.',
      [{ authorName: 'читатель', bodyText: 'По этим мостам мой дед, пилот самолёта, ходил' }],
    )
    await publish('bruecke', 'de', 'Die Brücken', 'Über die Brücken fahren wieder Züge.', [
      { authorName: 'leser', bodyText: 'Häuser am Fluss, die Brücke davor' },
    ])
    await publish('unknown', null, 'Qwxyz', 'Qwxyz bridges', [{ authorName: 'nobody', bodyText: 'qwxyz' }])
  })

  it('finds other forms of a word in the language of the text, headlines first', async () => {
    expect(await titles('bridge')).toEqual(['Old bridges of Lorn', 'Ferry on strike'])
    expect(await titles('мостов', 'ru')).toEqual(['Мосты над рекой'])
    expect(await titles('Brücke', 'de')).toEqual(['Die Brücken'])
    expect(await words('run')).toEqual(['runner'])
    expect(await words('мост')).toEqual(['читатель'])
  })

  it('takes each text in its own language when none is named, and only that language when one is', async () => {
    expect(await titles('brucken')).toEqual(['Die Brücken'])
    expect(await titles('bridges', 'de')).toEqual([])
    expect(await titles('bridges', 'und')).toEqual(['Qwxyz'])
    expect(await titles('ferry', 'en')).toEqual(['Ferry on strike'])
  })

  it('knows no accents', async () => {
    expect(await words('cafe')).toEqual(['cafe'])
    expect(await words('CAFÉ')).toEqual(['cafe'])
    expect(await words('самолет', 'ru')).toEqual(['читатель'])
    expect(await words('hauser')).toEqual(['leser'])
  })

  it('shows where, with the text escaped', async () => {
    const [comment] = await searchComments('bridge')
    expect(comment?.['highlights']).toBe('running across the <mark>bridge</mark> &amp; &lt;b&gt;fell')
    const [accented] = await searchComments('cafe')
    expect(accented?.['highlights']).toContain('<mark>café</mark>')
  })

  it('takes phrases, alternatives and exclusions, and whatever else a person types', async () => {
    expect(await titles('"older bridge"')).toEqual(['Old bridges of Lorn'])
    expect(await titles('"bridge older"')).toEqual([])
    expect(await titles('monks or island')).toHaveLength(2)
    expect(await titles('bridge -monks')).toEqual(['Ferry on strike'])
    for (const odd of ['', ' ', '"', '&&', '!', "it's:*", '-', '()', '\\', '<->', 'the', 'a'.repeat(5000)])
      expect(await titles(odd)).toEqual([])
  })

  it('shows nothing that readers of the site are not shown', async () => {
    expect(await words('bridge')).toEqual(['runner'])
    expect(await words('removed')).toEqual([])
  })

  it('gives no more than is asked for, best first', async () => {
    expect(await searchArticles('bridge', null, 1)).toHaveLength(1)
    const ranks = (await searchArticles('bridge')).map(({ rank }) => Number(rank))
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a))
  })

  it('forgives a misspelt headline', async () => {
    const found = await rowsOf(open(), sql`select title from search_titles('Old brigdes of Lron')`)
    expect(found).toEqual([{ title: 'Old bridges of Lorn' }])
  })

  it('goes by index', async () => {
    const plan = async (statement: ReturnType<typeof sql>) => {
      const lines = await open().db.transaction(async (db) => {
        await db.execute(sql`set local enable_seqscan = off`)
        return db.execute<Record<string, string>>(sql`explain ${statement}`)
      })
      return lines.map((line) => Object.values(line)[0]).join('\n')
    }
    expect(await plan(sql`select * from search_comments('bridge', 'en')`)).toContain('comments_words_idx')
    expect(await plan(sql`select * from search_comments('bridge')`)).toContain('comments_words_idx')
    expect(await plan(sql`select * from search_articles('bridge')`)).toContain('articles_words_idx')
    expect(await plan(sql`select * from articles where 'brigde' <% title`)).toContain(
      'articles_title_trigrams_idx',
    )
  })
})

describeEachDatabase('any text', (open) => {
  it('can be stored, searched and shown', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({
        unit: fc.constantFrom('<', '>', '&', '"', "'", '-', '.', '/', ' ', 'a', 'é'),
        maxLength: 400,
      }),
    )
    await fc.assert(
      fc.asyncProperty(text, text, async (body, query) => {
        const safe = body.toWellFormed().replaceAll('\0', '')
        const asked = query.toWellFormed().replaceAll('\0', '')
        const [row] = await rowsOf(
          open(),
          sql`select search_highlights('en', ${safe}, search_query(${`${asked} ${safe.slice(0, 20)}`})) as shown,
            comment_words('ru', ${safe}) is not null as has_words`,
        )
        expect(row?.['has_words']).toBe(true)
        const shown = row?.['shown']
        if (typeof shown === 'string') expect(shown.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"]/)
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['long words with hyphens', (at: number) => `слово-${at.toString(36)}-другое `],
    [
      'one character each, of the highest plane',
      (at: number) => `${String.fromCodePoint(0x20000 + (at % 40_000))} `,
    ],
    ['addresses', (at: number) => `https://a${at}.example/b${at}?c=${at} `],
    ['one word', () => 'x'],
  ])('does not outgrow what the database takes: %s', async (_, piece) => {
    const long = Array.from({ length: 400_000 }, (_, at) => piece(at))
      .join('')
      .slice(0, 1_000_000)
    const [row] = await rowsOf(
      open(),
      sql`select article_words('ru', ${long}, ${long}, ${long}) is not null as words, length(comment_words('en', ${long})) > 0 as more`,
    )
    expect(row).toEqual({ words: true, more: piece(1) !== 'x' })
  })
})

describe('a server that lacks the extensions', () => {
  it('is migrated, tells accents apart, and finds headlines by what they have', async () => {
    const made = await newDatabase('server', 'empty')
    onTestFinished(() => made.remove())
    const database = await made.open()
    await migrateWithout(database, ['unaccent', 'pg_trgm'])
    expect(await rowsOf(database, sql`select extname from pg_extension where extname <> 'plpgsql'`)).toEqual(
      [],
    )
    const { save } = await storeOf(database, { id: 'gazette' })
    await save({ article: { title: 'Un hôtel ferme', bodyText: 'Les hôtels ferment.', language: 'fr' } })
    const found = async (query: string) =>
      (await rowsOf(database, sql`select title from search_articles(${query}, 'fr')`)).length
    expect([await found('fermer'), await found('hôtel'), await found('hotel')]).toEqual([1, 1, 0])
    const titles = await rowsOf(database, sql`select title from search_titles('HôTEL')`)
    expect(titles).toEqual([{ title: 'Un hôtel ferme' }])
  })
})

/** Runs the migrations as on a server that has never heard of these extensions. */
async function migrateWithout({ db }: OpenDatabase, extensions: readonly string[]): Promise<void> {
  const folder = new URL('../../src/db/migrations/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  for (const file of files.toSorted()) {
    let text = readFileSync(new URL(file, folder), 'utf8')
    for (const name of extensions)
      text = text.replaceAll(`CREATE EXTENSION IF NOT EXISTS ${name}`, `CREATE EXTENSION no_such_${name}`)
    for (const statement of text.split('--> statement-breakpoint')) await db.execute(sql.raw(statement))
  }
}

describeEachDatabase('the language of a comment', (open) => {
  it('is that of its article, for those that come later too', async () => {
    const { save } = await storeOf(open(), { id: 'gazette' })
    const article = { language: 'lt' }
    await save({ article, comments: [commentWith({ nativeId: '1' })] })
    await save({
      at: later(2),
      article,
      comments: [commentWith({ nativeId: '1' }), commentWith({ nativeId: '2' })],
    })
    const edited = commentWith({ nativeId: '1', bodyText: 'kiti žodžiai' })
    await save({ at: later(4), article, comments: [edited, commentWith({ nativeId: '2' })] })
    const rows = await rowsOf(
      open(),
      sql`select native_id, language, revision from comments order by native_id`,
    )
    expect(rows).toEqual([
      { native_id: '1', language: 'lt', revision: 2 },
      { native_id: '2', language: 'lt', revision: 1 },
    ])
  })
})
