import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { WARCRecord, WARCSerializer } from 'warcio'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { type DatabaseKind, type NewDatabase, newDatabase } from '../databases/new-database.ts'
import { bridge, paperCrawl } from './paper-crawl.ts'
import { articlePage } from './small-paper.ts'
import { environmentOf, jsonLines, runJob } from './start-job.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-warc-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface Archived {
  readonly url: string
  readonly type?: 'response' | 'request' | 'warcinfo' | 'resource' | 'metadata'
  readonly date?: string
  readonly body?: Uint8Array | string
  readonly headers?: Record<string, string>
  readonly statusline?: string
}

/** A WARC file as another program writes it. */
async function writeWarc(path: string, records: readonly Archived[]): Promise<void> {
  const written: Uint8Array[] = []
  for (const {
    url,
    type = 'response',
    date = '2024-05-01T06:00:00Z',
    body = '',
    headers,
    statusline,
  } of records) {
    const isHttp = type === 'response' || type === 'request'
    const content = typeof body === 'string' ? new TextEncoder().encode(body) : body
    const record = WARCRecord.create(
      {
        url,
        type,
        date,
        warcVersion: 'WARC/1.0',
        ...(isHttp
          ? {
              statusline: statusline ?? 'HTTP/1.1 200 OK',
              httpHeaders: headers ?? { 'Content-Type': 'text/html' },
            }
          : {}),
      },
      [content],
    )
    written.push(await WARCSerializer.serialize(record, { gzip: path.endsWith('.gz') }))
  }
  writeFileSync(path, Buffer.concat(written))
}

const url = (name: string) => `https://courier.example/2024/${name}/`
const page = (name: string, comments: string[] = ['A fine one.'], title = `The ${name} is open again`) =>
  articlePage({ url: url(name), title, post: 7, comments, published: '2024-04-30T10:00:00Z' })

/** The body in chunks, as it went over the wire. */
const chunked = (body: string) => {
  const octets = Buffer.from(body)
  const size = (length: number) => Buffer.from(`${length.toString(16)}\r\n`)
  const [one, other] = [octets.subarray(0, 1000), octets.subarray(1000)]
  const end = Buffer.from('\r\n')
  return Buffer.concat([size(1000), one, end, size(other.length), other, end, Buffer.from('0\r\n\r\n')])
}

describe.each<DatabaseKind>(['embedded', 'server'])('import into the %s database', (kind) => {
  let made: NewDatabase | null = null
  beforeAll(async () => {
    made = await newDatabase(kind)
  })
  afterAll(() => made?.remove())
  const run = (...flags: string[]) =>
    runJob('import', flags, { env: { ...environmentOf(made!.settings), LOG_LEVEL: 'silent' } })
  const rows = async (statement: string) => {
    const database = await openDatabase(made!.settings)
    try {
      return [...(await database.db.execute(statement))]
    } finally {
      await database.close()
    }
  }

  it('takes pages of HTTP as of their capture, and counts what is none', async () => {
    const file = join(newFolder(), 'news.warc.gz')
    await writeWarc(file, [
      { url: 'news.warc.gz', type: 'warcinfo', body: 'software: another' },
      {
        url: url('bridge'),
        type: 'request',
        statusline: 'GET / HTTP/1.1',
        headers: { Host: 'courier.example' },
      },
      { url: url('bridge'), body: page('bridge', ['first', 'second']) },
      {
        url: url('ferry'),
        body: gzipSync(page('ferry')),
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Encoding': 'gzip' },
      },
      {
        url: url('harbour'),
        body: chunked(page('harbour')),
        headers: { 'Content-Type': 'text/html', 'Transfer-Encoding': 'chunked' },
      },
      // The header is kept by archives that undid the chunks.
      {
        url: url('lock'),
        body: page('lock'),
        headers: { 'Content-Type': 'text/html', 'Transfer-Encoding': 'chunked' },
      },
      { url: 'dns:courier.example', type: 'resource', body: '20240501 courier.example 127.0.0.1' },
      { url: url('bridge'), type: 'metadata', body: 'fetchTimeMs: 12' },
      { url: url('photo.jpg'), body: 'JFIF', headers: { 'Content-Type': 'image/jpeg' } },
      { url: url('gone'), statusline: 'HTTP/1.1 404 Not Found', body: 'no' },
      {
        url: 'https://courier.example/',
        body: '<html><body><a href="/2024/bridge/">Bridge</a></body></html>',
      },
      {
        url: url('bridge'),
        date: '2024-05-02T06:00:00Z',
        body: page('bridge', ['first', 'second', 'third'], 'The bridge is shut'),
      },
    ])
    const first = await run(file, '--json')
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    expect(jsonLines(first.stdout)).toMatchObject([
      {
        pages: 6,
        skipped: { warcinfo: 1, request: 1, resource: 1, metadata: 1, 'type image/jpeg': 1, 'status 404': 1 },
        broken: [],
        sites: [
          { site: 'courier.example', requests: 0, articles: { new: 4, changed: 1 }, comments: { new: 6 } },
        ],
      },
    ])
    expect(
      await rows(`select title, revision, first_seen_at::text, changed_at::text, checked_at::text from articles
        where url = '${url('bridge')}'`),
    ).toEqual([
      {
        title: 'The bridge is shut',
        revision: 2,
        first_seen_at: '2024-05-01 06:00:00+00',
        changed_at: '2024-05-02 06:00:00+00',
        checked_at: '2024-05-02 06:00:00+00',
      },
    ])
    expect(await rows('select title from article_revisions')).toEqual([{ title: 'The bridge is open again' }])
    const counts =
      'select (select count(*)::int from captures) as c, (select sum(revision)::int from articles) as r'
    const before = await rows(counts)
    const second = await run(file)
    expect(second.code).toBe(0)
    expect(second.stdout).toMatch(/^6 pages; skipped: 1 warcinfo/m)
    expect(await rows(counts)).toEqual(before)
  })

  it('stores no name and no word for longer than their site says', async () => {
    const folder = newFolder()
    const site = { id: 'old.example', name: 'Old Paper', url: 'https://old.example/' }
    writeFileSync(join(folder, 'old.example.json'), JSON.stringify({ ...site, nameDays: 1, commentDays: 2 }))
    const archive = async (name: string) => {
      const file = join(folder, `${name}.warc`)
      const address = `https://old.example/2026/${name}/`
      const body = articlePage({ url: address, title: `The ${name}`, post: 9, comments: ['first', 'second'] })
      await writeWarc(file, [{ url: address, date: '2026-03-01T12:00:00Z', body }])
      return file
    }
    const held = () =>
      rows(`select distinct c.author_name, c.body_text from comments c join articles a on a.id = c.article_id
        where a.url like 'https://old.example/%' order by 1`)
    // Before the site said so.
    expect((await run(await archive('ferry'))).code).toBe(0)
    expect(await held()).toHaveLength(2)
    const env = { ...environmentOf(made!.settings), LOG_LEVEL: 'silent', COMMENTARIAT_SITES: folder }
    const file = await archive('lock')
    const again = await runJob('import', [file, '--json'], { env })
    expect(jsonLines(again.stdout)).toMatchObject([{ sites: [{ site: site.id, comments: { new: 2 } }] }])
    expect(again.code).toBe(0)
    expect(await held()).toEqual([{ author_name: null, body_text: '' }])
  })

  it('stores what is whole of a file that was cut off, and says where it ends', async () => {
    const folder = newFolder()
    for (const name of ['half.warc.gz', 'half.warc']) {
      const file = join(folder, name)
      const stem = name.replaceAll('.', '-')
      await writeWarc(file, [
        { url: url(`${stem}-1`), body: page(`${stem}-1`) },
        { url: url(`${stem}-2`), body: page(`${stem}-2`) },
      ])
      const whole = readFileSync(file)
      writeFileSync(file, whole.subarray(0, whole.length - 400))
      const result = await run(file)
      expect(result.code).toBe(1)
      expect(result.stderr).toContain(`${file} is not a whole WARC file`)
      expect(result.stderr).toMatch(/within record 2.*the 1 records before it were read\. Get the file again/)
      expect(await rows(`select url from articles where url like '%/${stem}-_/'`)).toEqual([
        { url: url(`${stem}-1`) },
      ])
    }
  })

  it('says what is no WARC file', async () => {
    const folder = newFolder()
    const [empty, text, zstd] = ['empty', 'text', 'zstd'].map((name) => join(folder, name))
    writeFileSync(empty!, '')
    writeFileSync(text!, 'url,title\nhttps://courier.example/,Courier\n')
    writeFileSync(zstd!, Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]))
    const result = await run(empty!, text!, zstd!)
    expect(result.code).toBe(1)
    for (const message of [
      `${empty} is empty`,
      `${text} is not a whole WARC file: it does not begin as one`,
      `${zstd} is compressed by Zstandard; unpack it first`,
    ])
      expect(result.stderr).toContain(message)
  })
})

describe('import of our own export', () => {
  it('leaves no bytes that may not be held, however it ends', async () => {
    const { crawl, paper, env } = await paperCrawl('server')
    const article = { title: 'Bridge reopens', post: 7, total: 4 }
    const next = `${paper.origin}${bridge}comment-page-2/`
    paper.publish(bridge, {
      ...article,
      comments: ['first', 'second'],
      below: `<div class="nav-links"><a class="page-numbers" href="${next}">2</a></div>`,
    })
    const body = articlePage({
      ...article,
      url: paper.origin + bridge,
      comments: ['third', 'fourth'],
      earlier: 2,
    })
    paper.answers.set(`${bridge}comment-page-2/`, { headers: { 'content-type': 'text/html' }, body })
    await crawl()
    const out = join(newFolder(), 'captures.warc.gz')
    expect((await runJob('export', ['captures', '--format', 'warc', '--out', out], { env })).code).toBe(0)
    const copy = await newDatabase('server')
    onTestFinished(() => copy.remove())
    const { db } = await copy.open()
    const hidden = {
      ...environmentOf(copy.settings),
      LOG_LEVEL: 'silent',
      COMMENTARIAT_PRIVACY: 'pseudonymise',
      COMMENTARIAT_PSEUDONYM_KEY: 'a key of more than thirty-two letters',
    }
    const into = (fault?: string) =>
      runJob('import', [out], {
        env: fault === undefined ? hidden : { ...hidden, COMMENTARIAT_FAILPOINT: fault },
      })
    const withBytes = async () => [
      ...(await db.execute(`select expires_at <= now() as goes from captures where octet_length(body) > 20`)),
    ]
    expect((await into('page-saving:1:throw')).code).toBe(1)
    expect(await withBytes()).toEqual([])
    expect((await into('page-saving:1:kill')).code).toBe(null)
    expect(await withBytes()).toEqual([{ goes: true }])
    expect((await into()).code).toBe(0)
    expect(await withBytes()).toEqual([])
    expect([...(await db.execute('select body_text from comments order by native_id'))]).toHaveLength(5)
  })

  it('reads an article again whose thread stands behind it', async () => {
    const { crawl, paper, env, rows } = await paperCrawl('server')
    const article = { title: 'Bridge reopens', post: 7, total: 4 }
    const next = `${paper.origin}${bridge}comment-page-2/`
    const below = `<div class="nav-links"><a class="page-numbers" href="${next}">2</a></div>`
    paper.publish(bridge, { ...article, comments: ['first', 'second'], below })
    const second = { ...article, url: paper.origin + bridge, comments: ['third', 'fourth'], earlier: 2 }
    paper.answers.set(`${bridge}comment-page-2/`, { body: articlePage(second) })
    await crawl()
    const [folder, words] = [newFolder(), 'select body_text from comments order by native_id']
    const out = join(folder, 'captures.warc')
    expect((await runJob('export', ['captures', '--format', 'warc', '--out', out], { env })).code).toBe(0)
    const records = readFileSync(out, 'latin1').split(/(?=WARC\/1\.\d\r\n)/)
    const isAnswer = (record: string) => record.includes(`WARC-Target-URI: ${next}`)
    const behind = [...records.filter((record) => !isAnswer(record)), ...records.filter(isAnswer)]
    expect(behind).not.toEqual(records)
    writeFileSync(join(folder, 'behind.warc'), behind.join(''), 'latin1')
    const copy = await newDatabase('server')
    onTestFinished(() => copy.remove())
    const { db } = await copy.open()
    const copied = { env: { ...environmentOf(copy.settings), LOG_LEVEL: 'silent' } }
    const imported = await runJob('import', [join(folder, 'behind.warc'), '--json'], copied)
    expect(imported.code).toBe(0)
    expect([...(await db.execute(words))]).toEqual(await rows(words))
    expect(await rows(words)).toHaveLength(5)
  })

  it('gives the database that it was exported from, threads included', async () => {
    const { crawl, paper, env, rows } = await paperCrawl('server')
    paper.publish(bridge, {
      title: 'Bridge reopens',
      post: 7,
      comments: ['first', 'second'],
      below: `<div class="nav-links"><a class="page-numbers" href="${paper.origin}${bridge}comment-page-2/">2</a></div>`,
    })
    await crawl()
    const out = join(newFolder(), 'captures.warc.gz')
    expect((await runJob('export', ['captures', '--format', 'warc', '--out', out], { env })).code).toBe(0)
    const copy = await newDatabase('server')
    onTestFinished(() => copy.remove())
    const imported = await runJob('import', [out, '--json'], {
      env: { ...environmentOf(copy.settings), LOG_LEVEL: 'silent' },
    })
    expect(imported.code).toBe(0)
    const facts = `select c.native_id, c.author_name, c.body_text, c.published_at::text, a.title, a.url, a.content_hash,
      c.first_seen_at::text from comments c join articles a on a.id = c.article_id order by c.native_id`
    const database = await copy.open()
    expect([...(await database.db.execute(facts))]).toEqual(await rows(facts))
  })
})
