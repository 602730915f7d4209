import { sql } from 'drizzle-orm'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { type DatabaseKind, type NewDatabase, newDatabase } from '../databases/new-database.ts'
import { commentWith, storeOf } from '../databases/page-to-save.ts'
import { articlePage } from './small-paper.ts'
import { environmentOf, jsonLines, runJob, startJob } from './start-job.ts'

describe.each<DatabaseKind>(['embedded', 'server'])('db:migrate on an empty %s database', (kind) => {
  it('brings the schema, and then has nothing to do', async () => {
    const made = await newDatabase(kind, 'empty')
    onTestFinished(() => made.remove())
    const options = { env: environmentOf(made.settings) }
    const first = await runJob('db-migrate', [], options)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^The database .* has had 0000_\w+, 0001_\w+.*\.\n$/)
    const second = await runJob('db-migrate', [], options)
    expect(second).toMatchObject({ code: 0, stderr: '' })
    expect(second.stdout).toMatch(/^The database .* is up to date\.\n$/)
    const { db } = await made.open()
    expect([...(await db.execute(sql`select count(*)::int as n from articles`))]).toEqual([{ n: 0 }])
  })
})

describe('sql', () => {
  let made: NewDatabase | null = null
  const query = (...flags: string[]) => runJob('sql', flags, { env: environmentOf(made!.settings) })

  beforeAll(async () => {
    made = await newDatabase('server')
    const { save } = await storeOf(await made.open(), { id: 'gazette' })
    const article = { title: 'A "quoted", comma', subtitle: '=1+1', authors: ['Ada Quill', 'Bo Tern'] }
    await save({ article, comments: [commentWith({ nativeId: '1', bodyText: 'one\ntwo' })] })
  })
  afterAll(() => made?.remove())

  it('ends in peace when its reader has seen enough, as head has', async () => {
    const env = environmentOf(made!.settings)
    const job = startJob('sql', ['select repeat(md5(n::text), 40) from generate_series(1, 20000) n'], { env })
    const said: string[] = []
    job.process.stderr!.on('data', (chunk: Buffer) => said.push(chunk.toString()))
    job.process.stdout!.once('data', () => job.process.stdout!.destroy())
    await expect(job.result).rejects.toThrow('Premature close')
    if (job.process.exitCode === null) await once(job.process, 'exit')
    expect({ code: job.process.exitCode, said }).toEqual({ code: 0, said: [] })
  })

  const statement = `select id, title, subtitle, authors, published_at, image_url,
    (select count(*) from comments) as comments from articles`

  it('prints JSON lines', async () => {
    const { code, stdout, stderr } = await query(statement, '--json')
    expect(stderr).toBe('')
    expect(jsonLines(stdout)).toEqual([
      {
        id: 1,
        title: 'A "quoted", comma',
        subtitle: '=1+1',
        authors: ['Ada Quill', 'Bo Tern'],
        published_at: '2026-03-01 07:30:00+00',
        image_url: null,
        comments: 1,
      },
    ])
    expect(code).toBe(0)
  })

  it('prints CSV that no spreadsheet takes for a formula', async () => {
    const { code, stdout } = await query(statement, '--csv')
    expect(stdout).toBe(
      'id,title,subtitle,authors,published_at,image_url,comments\r\n' +
        `1,"A ""quoted"", comma",'=1+1,"[""Ada Quill"",""Bo Tern""]",2026-03-01 07:30:00+00,,1\r\n`,
    )
    expect(code).toBe(0)
  })

  it('prints a table, with each row on one line', async () => {
    const { code, stdout } = await query(
      "select native_id, body_text, repeat('x', 200) as long from comments",
    )
    const lines = stdout.trimEnd().split('\n')
    expect(lines[1]).toMatch(/native_id.*body_text.*long/)
    expect(lines[3]).toMatch(/1 .*one two.*x{79}…/)
    expect(lines.at(-1)).toBe('1 row')
    expect(code).toBe(0)
  })

  it('keeps the indent that a thread is shown by', async () => {
    const statement = "select repeat('  ', n) || E'who\\n\\n  else' as who from generate_series(0, 2) n"
    const { stdout } = await query(statement)
    expect(stdout.split('\n').slice(3, 6)).toEqual([
      '│ who else     │',
      '│   who else   │',
      '│     who else │',
    ])
  })

  it('shows two columns of one name, which JSON has no place for', async () => {
    const twice = 'select a.id, c.id + 41 as id from articles a join comments c on c.article_id = a.id'
    expect((await query(twice)).stdout).toMatch(/│ id │ id │\n.*\n│ 1 +│ 42 │\n/)
    expect((await query(twice, '--csv')).stdout).toBe('id,id\r\n1,42\r\n')
    expect(await query(twice, '--json')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^commentariat: --json needs a name for each column.*"id".*\n$/),
    })
  })

  it('prints in one form', async () => {
    const { code, stdout, stderr } = await query('select 1', '--csv', '--json')
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'commentariat: --csv or --json, not both\n',
    })
  })

  it('prints the columns when there are no rows', async () => {
    expect((await query('select id, title from articles where false')).stdout).toBe('id  title\n0 rows\n')
  })

  it.each([
    ['selec 1', /only statements that begin with select/],
    ['select * from nowhere', /relation "nowhere" does not exist/],
    ['select 1; delete from comments', /cannot insert multiple commands into a prepared statement/],
  ])('refuses %s with exit code 2', async (wrong, reason) => {
    const { code, stdout, stderr } = await query(wrong)
    expect(stderr).toMatch(/^commentariat: the database refused the statement: .*\n$/)
    expect(stderr).toMatch(reason)
    expect(stdout).toBe('')
    expect(code).toBe(2)
    const rows = await (await made!.open()).db.execute(sql`select count(*)::int as n from comments`)
    expect([...rows]).toEqual([{ n: 1 }])
  })
})

describe('inspect', () => {
  let folder = ''
  const url = 'https://gazette.example/2026/03/bridge/'

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'commentariat-pages-'))
    const page = articlePage({
      url,
      title: 'Bridge reopens',
      post: 7,
      comments: ['first words', 'second words'],
    })
    writeFileSync(join(folder, 'page.html'), page)
    writeFileSync(join(folder, 'page.html.gz'), gzipSync(page))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('shows what would be stored from a file', async () => {
    const { code, stdout, stderr } = await runJob('inspect', [
      join(folder, 'page.html'),
      '--url',
      url,
      '--json',
    ])
    expect(stderr).toBe('')
    const inspection: unknown = JSON.parse(stdout)
    expect(inspection).toMatchObject({
      url,
      isArticle: true,
      fields: { title: { value: 'Bridge reopens' }, publishedAt: { value: '2026-03-01T07:30:00.000Z' } },
      thread: {
        platform: 'wordpress',
        nativeId: '7',
        comments: [{ bodyText: 'first words' }, { bodyText: 'second words' }],
      },
      warnings: [],
    })
    expect(code).toBe(0)
  })

  it('writes the page with what was taken from it, beside what it says', async () => {
    const out = join(folder, 'annotated.html')
    const flags = [join(folder, 'page.html'), '--url', url, '--html', out]
    const { code, stdout } = await runJob('inspect', flags)
    expect(code).toBe(0)
    expect(stdout).toContain('Bridge reopens')
    expect(readFileSync(out, 'utf8')).toMatch(/data-taken="title .*data-taken="comment #700001/s)
    const refused = await runJob('inspect', [...flags.slice(0, -1), join(folder, 'nowhere', 'a.html')])
    expect(refused.stderr).toMatch(/nowhere.* can't be written: there is no such/)
    expect(refused.code).toBe(2)
  })

  it.each(['page.html', 'page.html.gz'])('shows it to a person, with the rules (%s)', async (file) => {
    const { code, stdout } = await runJob('inspect', [join(folder, file), '--url', url])
    expect(stdout).toContain('Bridge reopens')
    expect(stdout).toMatch(/wordpress/)
    expect(code).toBe(0)
  })

  it('says that the article goes on, and which part of it a page is', async () => {
    const pager = (address: string) => `<p class="page-links"><a href="${address}">Page</a></p>`
    const article = { title: 'Bridge reopens', post: 7, comments: [] }
    writeFileSync(join(folder, 'first.html'), articlePage({ url, ...article, pager: pager(`${url}2/`) }))
    writeFileSync(
      join(folder, 'second.html'),
      articlePage({ url: `${url}2/`, ...article, pager: pager(url) }),
    )
    const first = await runJob('inspect', [join(folder, 'first.html'), '--url', url])
    expect(first.stdout).toContain(`  part 2: ${url}2/\n`)
    expect(first.stdout).toContain('! the article goes on in further parts')
    const second = await runJob('inspect', [join(folder, 'second.html'), '--url', `${url}2/`])
    expect(second.stdout).toContain(`! this is part 2 of ${url}, and is stored with it\n`)
  })

  it("reads a batch, and goes on past what can't be read", async () => {
    const lines = [
      { key: 'plain', url, file: join(folder, 'page.html'), fetchedAt: '2026-03-02T10:00:00Z' },
      { key: 'packed', url, file: join(folder, 'page.html.gz') },
      { key: 'missing', url, file: join(folder, 'nowhere.html') },
      { key: 'no address', url: 'bridge', file: join(folder, 'page.html') },
    ].map((line) => JSON.stringify(line))
    const input = [...lines, '', 'not JSON'].join('\n')
    const { code, stdout } = await runJob('inspect', ['--batch'], { input })
    const recordShape = z.object({ key: z.string().nullable(), error: z.string().nullable() }).loose()
    const records = z.array(recordShape).parse(jsonLines(stdout))
    const byKey = new Map(records.map((record) => [record.key, record]))
    expect(new Set(byKey.keys())).toEqual(new Set(['plain', 'packed', 'missing', 'no address', null]))
    for (const key of ['plain', 'packed']) {
      expect(byKey.get(key)).toMatchObject({
        article: { title: 'Bridge reopens', authors: ['Ada Quill'], published: '2026-03-01T07:30:00.000Z' },
        threads: [
          {
            platform: 'wordpress',
            nativeId: '7',
            comments: [{ text: 'first words' }, { text: 'second words' }],
          },
        ],
        error: null,
      })
    }
    expect(byKey.get('missing')?.error).toMatch(/ENOENT/)
    expect(byKey.get('no address')?.error).toMatch(/url/)
    expect(byKey.get(null)?.error).toMatch(/JSON/)
    expect(code).toBe(1)
  })
})
