import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { sql } from 'drizzle-orm'
import { WARCParser } from 'warcio'
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { capturedAnswers, type Dataset, datasets } from '../../src/db/exports/datasets.ts'
import { withSnapshot } from '../../src/db/exports/open-snapshot.ts'
import { ExportError } from '../../src/exports/export-error.ts'
import { type ExportRequest, type Manifest, writeExport } from '../../src/exports/write-export.ts'
import { describeEachDatabase } from './each-database.ts'
import { captureOf, commentWith, later, storeOf, type TestStore } from './page-to-save.ts'

const url = (name: string) => `https://gazette.example/news/${name}`

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What DuckDB, which shares no code with the writer, reads from Parquet files. */
async function duck(query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll(`set timezone = 'UTC'; ${query}`)
    return reader.getRowObjectsJson()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const isInstalled = (program: string) => spawnSync(program, ['--version']).status === 0

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describeEachDatabase('an export', (open) => {
  const write = (
    dataset: Dataset,
    request: Pick<ExportRequest, 'format' | 'out'> & Partial<ExportRequest>,
    sites: readonly string[] = [],
  ): Promise<Manifest> =>
    withSnapshot(open(), dataset, { sites, since: null }, (snapshot) =>
      writeExport(snapshot, {
        what: 'comments',
        force: false,
        signal: new AbortController().signal,
        onPart: () => undefined,
        ...request,
      }),
    )

  describe('of an empty database', () => {
    it.each(['csv', 'jsonl', 'parquet'] as const)('is a whole %s without rows', async (format) => {
      const out = join(newFolder(), `empty.${format}`)
      const manifest = await write(datasets.comments, { format, out })
      expect(manifest).toMatchObject({ rows: 0, parts: [] })
      if (format === 'csv') expect(readFileSync(out, 'utf8')).toMatch(/^site_id,article_url,id,.*\r\n$/)
      if (format === 'jsonl') expect(readFileSync(out, 'utf8')).toBe('')
      if (format === 'parquet')
        expect(await duck(`select count(*)::int as n from '${out}'`)).toEqual([{ n: 0 }])
    })
  })

  describe('of two sites', () => {
    let gazette: TestStore
    beforeAll(async () => {
      gazette = await storeOf(open(), { id: 'gazette' })
      const courier = await storeOf(open(), { id: 'courier' })
      const first = commentWith({
        nativeId: '1',
        bodyText: '=HYPERLINK("https://evil.example")',
        quotes: [{ author: 'moss', text: 'a "quoted"\nline', nativeId: '9' }],
        authorBadges: ['staff', 'naïve, "quoted"'],
      })
      const second = commentWith({
        nativeId: '2',
        parentNativeId: '1',
        publishedAt: new Date('2026-02-11T23:59:59.999Z'),
        bodyText: 'Zwei Zeilen,\r\nein 🦊',
        isPinned: true,
        likes: -3,
      })
      await gazette.save({ comments: [first, second] })
      await gazette.save({ comments: [{ ...first, bodyText: '@sum' }, second], at: later(1) })
      await courier.save({
        article: { canonicalUrl: url('ferry') },
        comments: [commentWith({ nativeId: '1' })],
      })
      await gazette.store.keepNonArticle(captureOf(url('tags'), '<p>tags é</p>', { fetchedAt: later(2) }))
    })

    it('is CSV that spreadsheets take for text', async () => {
      const out = join(newFolder(), 'comments.csv')
      const manifest = await write(datasets.comments, { format: 'csv', out }, ['gazette'])
      const text = readFileSync(out, 'utf8')
      expect(text).toContain(`,'@sum,`)
      expect(text).toContain('"Zwei Zeilen,\r\nein 🦊"')
      expect(manifest).toMatchObject({ rows: 2, bytes: Buffer.byteLength(text), sha256: sha256(out) })
      expect(manifest.parts.map(({ site, month, rows }) => [site, month, rows])).toEqual([
        ['gazette', '2026-02', 1],
        ['gazette', '2026-03', 1],
      ])
      const rows = await duck(
        `select native_id, likes, published_at, body_text, quotes from read_csv('${out}', all_varchar = true) order by id`,
      )
      expect(rows).toEqual([
        {
          native_id: '1',
          likes: '0',
          published_at: '2026-03-01T08:00:00.000Z',
          body_text: "'@sum",
          quotes: expect.stringContaining('moss'),
        },
        {
          native_id: '2',
          likes: '-3',
          published_at: '2026-02-11T23:59:59.999Z',
          body_text: 'Zwei Zeilen,\r\nein 🦊',
          quotes: '[]',
        },
      ])
    })

    it.runIf(isInstalled('psql'))('is CSV that psql loads as it is', async () => {
      const out = join(newFolder(), 'comments.csv')
      await write(datasets.comments, { format: 'csv', out })
      const [head = ''] = readFileSync(out, 'utf8').split('\r\n')
      const columns = head.split(',').map((name) => `"${name}" text`)
      const statements = [
        `create temporary table loaded (${columns.join(', ')})`,
        `\\copy loaded from '${out}' csv header`,
        `select native_id, likes, body_text from loaded where site_id = 'gazette' order by native_id`,
      ]
      const printed = execFileSync(
        'psql',
        [inject('databases').serverUrl, '-qAtX', ...statements.flatMap((statement) => ['-c', statement])],
        { encoding: 'utf8' },
      )
      expect(printed).toBe("1|0|'@sum\n2|-3|Zwei Zeilen,\r\nein 🦊\n")
    })

    it('is JSON Lines with their types', async () => {
      const out = join(newFolder(), 'comments.jsonl')
      await write(datasets.comments, { format: 'jsonl', out }, ['gazette'])
      const rows = readFileSync(out, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
      expect(rows).toMatchObject([
        {
          site_id: 'gazette',
          native_id: '2',
          is_pinned: true,
          likes: -3,
          quotes: [],
          parent_id: expect.any(Number),
        },
        {
          native_id: '1',
          author_badges: ['staff', 'naïve, "quoted"'],
          quotes: [{ author: 'moss', text: 'a "quoted"\nline', native_id: '9' }],
          removed_at: null,
        },
      ])
    })

    it('is Parquet by site and month, which DuckDB reads with its types', async () => {
      const out = join(newFolder(), 'comments')
      const manifest = await write(datasets.comments, { format: 'parquet', out })
      expect(manifest.parts.map(({ file }) => file)).toEqual([
        'site=courier/month=2026-03/part.parquet',
        'site=gazette/month=2026-02/part.parquet',
        'site=gazette/month=2026-03/part.parquet',
      ])
      for (const { file, sha256: hash } of manifest.parts) expect(sha256(join(out, file ?? ''))).toBe(hash)
      const all = `read_parquet('${out}/**/*.parquet', hive_partitioning = true)`
      expect(
        await duck(`select site, month, likes, published_at, author_badges, is_pinned, body_text, typeof(id) as id_type,
          typeof(author_badges) as badges_type, typeof(published_at) as time_type, json_extract_string(quotes, '$[0].author') as quoted
          from ${all} where site = 'gazette' order by native_id`),
      ).toEqual([
        {
          site: 'gazette',
          month: '2026-03',
          likes: 0,
          published_at: expect.stringMatching(/^2026-03-01 08:00:00/),
          author_badges: ['staff', 'naïve, "quoted"'],
          is_pinned: false,
          body_text: '@sum',
          id_type: 'BIGINT',
          badges_type: 'VARCHAR[]',
          time_type: expect.stringMatching(/^TIMESTAMP/),
          quoted: 'moss',
        },
        expect.objectContaining({ month: '2026-02', likes: -3, author_badges: [], is_pinned: true }),
      ])
      const compression = await duck(
        `select distinct compression from parquet_metadata('${out}/**/*.parquet')`,
      )
      expect(compression).toEqual([{ compression: 'SNAPPY' }])
    })

    it('is one Parquet file where that is asked for', async () => {
      const out = join(newFolder(), 'articles.parquet')
      const manifest = await write(datasets.articles, { format: 'parquet', out })
      expect(manifest.sha256).toBe(sha256(out))
      expect(await duck(`select site_id, tags, authors from '${out}' order by 1`)).toEqual([
        { site_id: 'courier', tags: ['bridge', 'traffic'], authors: ['Ada Quill'] },
        { site_id: 'gazette', tags: ['bridge', 'traffic'], authors: ['Ada Quill'] },
      ])
    })

    it('tells former versions', async () => {
      const out = join(newFolder(), 'revisions.jsonl')
      await write(datasets.revisions, { format: 'jsonl', out })
      expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
        site_id: 'gazette',
        revision: 1,
        body_text: '=HYPERLINK("https://evil.example")',
      })
    })

    it.each(['threads', 'captures'] as const)('has %s', async (what) => {
      const out = join(newFolder(), `${what}.csv`)
      const manifest = await write(datasets[what], { format: 'csv', out })
      const [row] = await open().db.execute(sql`select count(*)::int as n from ${sql.identifier(what)}`)
      expect(manifest.rows).toBe(row?.['n'])
      expect(await duck(`select count(*)::int as n from read_csv('${out}')`)).toEqual([{ n: manifest.rows }])
    })

    it.each(['captures.warc.gz', 'captures.warc'])(
      'is WARC 1.1, which another reader reads (%s)',
      async (name) => {
        const out = join(newFolder(), name)
        const manifest = await write(capturedAnswers, { format: 'warc', out })
        const records = []
        const octets = new Blob([readFileSync(out)]).stream()
        expect(readFileSync(out).subarray(0, 4).toString('latin1') === 'WARC').toBe(name.endsWith('.warc'))
        for await (const record of new WARCParser(octets)) {
          records.push({
            version: record.warcHeaders.protocol,
            type: record.warcType,
            url: record.warcTargetURI,
            date: record.warcDate,
            status: record.httpHeaders?.statusCode,
            text: await record.contentText(),
          })
        }
        expect(records[0]).toMatchObject({ version: 'WARC/1.1', type: 'warcinfo' })
        expect(records).toHaveLength(manifest.rows + 1)
        expect(records).toContainEqual({
          version: 'WARC/1.1',
          type: 'response',
          url: url('tags'),
          date: later(2).toISOString(),
          status: 200,
          text: '<p>tags é</p>',
        })
      },
    )

    it('is as of one moment, whatever is written meanwhile', async () => {
      const out = join(newFolder(), 'comments.csv')
      const request = { what: 'comments', format: 'csv', out, force: false } as const
      const signal = new AbortController().signal
      const whole = await withSnapshot(
        open(),
        datasets.comments,
        { sites: [], since: null },
        async (snapshot) => {
          // The embedded database has one session, which is held by the export.
          if (open().kind === 'server') await open().db.execute(sql`update comments set likes = 77`)
          return writeExport(snapshot, { ...request, signal, onPart: () => undefined })
        },
      )
      expect(whole.rows).toBe(3)
      expect(await duck(`select count(*)::int as n from '${out}' where likes = 77`)).toEqual([{ n: 0 }])
    })

    it.each(['jsonl', 'parquet'] as const)('goes on where one was broken off (%s)', async (format) => {
      const out = join(newFolder(), 'comments')
      const wholeOut = join(newFolder(), 'comments')
      const whole = await write(datasets.comments, { format, out: wholeOut })
      const stop = new AbortController()
      const broken = write(datasets.comments, {
        format,
        out,
        signal: stop.signal,
        onPart: ({ month }) => {
          if (month === '2026-02') stop.abort()
        },
      })
      await expect(broken).rejects.toBeInstanceOf(ExportError)
      expect(existsSync(out)).toBe(false)
      expect(existsSync(`${out}.manifest.json`)).toBe(false)
      const resumed = await write(datasets.comments, { format, out })
      // The parts are written when the one after them begins, so that the second one's end is what stopped it.
      expect(resumed.resumedRows).toBe(2)
      expect(resumed.parts).toEqual(whole.parts)
      if (format === 'jsonl') expect(sha256(out)).toBe(sha256(wholeOut))
      expect(readdirSync(join(out, '..')).toSorted()).toEqual(['comments', 'comments.manifest.json'])
    })

    it('writes anew what changed since it was broken off, or what the disk lost', async () => {
      const broken = async (out: string) => {
        const stop = new AbortController()
        const options = { format: 'jsonl', out, signal: stop.signal, onPart: () => stop.abort() } as const
        await expect(write(datasets.comments, options)).rejects.toBeInstanceOf(ExportError)
      }
      const changed = join(newFolder(), 'comments')
      await broken(changed)
      await open().db.execute(sql`
        update comments set likes = 5 where article_id in (select id from articles where site_id = 'courier')`)
      expect(await write(datasets.comments, { format: 'jsonl', out: changed })).toMatchObject({
        rows: 3,
        resumedRows: 0,
      })
      expect(readFileSync(changed, 'utf8').split('\n')[0]).toContain('"likes":5')
      const lost = join(newFolder(), 'comments')
      await broken(lost)
      truncateSync(`${lost}.partial`, 10)
      expect(await write(datasets.comments, { format: 'jsonl', out: lost })).toMatchObject({
        rows: 3,
        resumedRows: 0,
      })
      expect(sha256(lost)).toBe(sha256(changed))
    })

    it.each(['comments', 'threads'] as const)(
      'writes %s anew whose article has another address since it was broken off',
      async (what) => {
        const out = join(newFolder(), what)
        const stop = new AbortController()
        const options = { format: 'jsonl', out, signal: stop.signal, onPart: () => stop.abort() } as const
        await expect(write(datasets[what], options)).rejects.toBeInstanceOf(ExportError)
        const moved = `https://gazette.example/news/moved-while-${what}`
        await open().db.execute(sql`update articles set url = ${moved} where site_id = 'courier'`)
        expect(await write(datasets[what], { format: 'jsonl', out })).toMatchObject({ resumedRows: 0 })
        expect(JSON.parse(readFileSync(out, 'utf8').split('\n')[0]!)).toMatchObject({ article_url: moved })
      },
    )

    it('leaves what is there alone, unless it is told otherwise', async () => {
      const out = join(newFolder(), 'comments.csv')
      await write(datasets.comments, { format: 'csv', out }, ['courier'])
      const before = sha256(out)
      await expect(write(datasets.comments, { format: 'csv', out })).rejects.toThrow(
        /exists; give another name/,
      )
      expect(sha256(out)).toBe(before)
      expect((await write(datasets.comments, { format: 'csv', out, force: true })).rows).toBe(3)
      expect(sha256(out)).not.toBe(before)
      expect(readdirSync(join(out, '..')).toSorted()).toEqual(['comments.csv', 'comments.csv.manifest.json'])
    })

    it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
      'says that the disk is full, leaves no half of it, and goes on when there is room',
      async () => {
        const folder = newFolder()
        const out = join(folder, 'comments.jsonl')
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'none', folder])
        onTestFinished(() => {
          execFileSync('umount', [folder])
        })
        await expect(write(datasets.comments, { format: 'jsonl', out })).rejects.toThrow(
          /the disk is full: .*comments.jsonl.partial could not be written whole/,
        )
        expect(existsSync(out)).toBe(false)
        expect(existsSync(`${out}.manifest.json`)).toBe(false)
        execFileSync('mount', ['-o', 'remount,size=64k', folder])
        expect((await write(datasets.comments, { format: 'jsonl', out })).rows).toBe(3)
        expect(sha256(out)).toMatch(/^[0-9a-f]{64}$/)
      },
    )
  })
})
