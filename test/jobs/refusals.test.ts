import { sql } from 'drizzle-orm'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { type DatabaseKind, newDatabase } from '../databases/new-database.ts'
import { environmentOf, type JobResult, runJob } from './start-job.ts'

/** What a command that refuses to begin prints: nothing but its reason, in one line unless it lists mistakes. */
function reasonOf({ stdout, stderr }: JobResult): string {
  expect(stdout).toBe('')
  expect(stderr).not.toMatch(/^\s+at /m)
  return stderr.trimEnd()
}

async function database(kind: DatabaseKind, content?: 'empty') {
  const made = await newDatabase(kind, content)
  onTestFinished(() => made.remove())
  return made
}

describe('wrong usage ends with exit code 2', () => {
  it.each([
    ['crawl', ['netzpolitk'], /There is no site "netzpolitk": did you mean netzpolitik\b/],
    [
      'crawl',
      ['--limit', 'many'],
      /'--limit <number>' argument 'many' is invalid\. it must be a whole number from 1/,
    ],
    [
      'crawl',
      ['--article', 'bridge'],
      /--article bridge is not an address such as https:\/\/example\.com\/news\/1/,
    ],
    [
      'crawl',
      ['--article', 'http://127.0.0.1:1/a', '--article', 'http://127.0.0.1:2/b'],
      /the pages of --article are of several sites/,
    ],
    [
      'crawl',
      ['https://gazette.example/'],
      /COMMENTARIAT_CONTACT is not set, and https:\/\/gazette\.example\/ is not on/,
    ],
    ['inspect', ['https://gazette.example/1'], /COMMENTARIAT_CONTACT is not set/],
    ['inspect', [], /name a page: npm run inspect -- https:\/\/example\.com\/news\/1/],
    ['inspect', ['page.html'], /page\.html is read as a file; tell its address with --url/],
    [
      'inspect',
      ['page.html', '--url', 'https://gazette.example/1'],
      /page\.html can't be read: there is no such file/,
    ],
    ['inspect', ['.', '--url', 'https://gazette.example/1'], /\. can't be read: it is a folder/],
    ['inspect', ['http://[bad'], /http:\/\/\[bad is not an address such as https:\/\//],
    ['inspect', ['ftp://x/y'], /ftp:\/\/x\/y is not an address such as https:\/\//],
    ['inspect', ['page.html', '--url', 'nonsense'], /nonsense is not an address such as https:\/\//],
    ['crawl', ['http://[bad'], /"http:\/\/\[bad" is not an address such as https:\/\//],
    [
      'import',
      ['/nope.warc', '.'],
      /^commentariat: \/nope\.warc can't be read: there is no such file.*\n.*\. can't be read: it is a folder$/,
    ],
    ['sql', [], /missing required argument 'statement'/],
  ])('%s %j', async (name, flags, reason) => {
    const result = await runJob(name, flags)
    expect(reasonOf(result)).toMatch(reason)
    expect(result.code).toBe(2)
  })

  it('and all mistakes of the settings at once', async () => {
    const env = { DATABASE_URL: 'mysql://db.example/news', COMMENTARIAT_CONTACT: 'me', LOG_LEVEL: 'loud' }
    const result = await runJob('crawl', [], { env })
    const named = reasonOf(result).split('\n').slice(1)
    expect(named.map((line) => line.trim().split(' ')[0])).toEqual([
      'DATABASE_URL',
      'COMMENTARIAT_CONTACT',
      'LOG_LEVEL',
    ])
    expect(result.code).toBe(2)
  })

  it('a queue on several servers', async () => {
    const env = { DATABASE_URL: 'postgres://127.0.0.1:1,127.0.0.2:2/news' }
    const result = await runJob('worker', [], { env })
    expect(reasonOf(result)).toMatch(/the queue takes one server, and DATABASE_URL names several hosts/)
    expect(result.code).toBe(2)
  })

  it('before a database is made', async () => {
    const made = await database('embedded', 'empty')
    const dataFolder = join(made.settings.dataFolder, 'new')
    await runJob('crawl', ['https://gazette.example/'], { env: { COMMENTARIAT_DATA: dataFolder } })
    expect(existsSync(dataFolder)).toBe(false)
  })
})

it('help is no mistake', async () => {
  const { code, stdout } = await runJob('crawl', ['--help'])
  expect(stdout).toMatch(/--allow-private-network/)
  expect(code).toBe(0)
})

describe("a database that can't be worked with ends with exit code 3", () => {
  const site = 'http://127.0.0.1:1/feed'

  it('when it is out of reach', async () => {
    const env = { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/news' }
    const result = await runJob('crawl', [site], { env })
    expect(reasonOf(result)).toMatch(
      /^commentariat: the database 127\.0\.0\.1:1\/news is out of reach .*check DATABASE_URL.*$/,
    )
    expect(result.stderr).not.toContain('secret')
    expect(result.code).toBe(3)
  })

  it('when none of several servers can be reached', async () => {
    const env = { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1,127.0.0.2:2/news' }
    const result = await runJob('crawl', [site], { env })
    expect(reasonOf(result)).toMatch(
      /out of reach \(.*127\.0\.0\.1:1; .*127\.0\.0\.2:2\); check DATABASE_URL.*$/,
    )
    expect(result.stderr).not.toContain('secret')
    expect(result.code).toBe(3)
  })

  it('when it lacks migrations', async () => {
    const made = await database('server', 'empty')
    const result = await runJob('crawl', [site], { env: environmentOf(made.settings) })
    expect(reasonOf(result)).toMatch(
      /^commentariat: the database .* lacks \d+ of \d+ migrations .*; run: npm run db:migrate$/,
    )
    expect(result.code).toBe(3)
  })

  it('when it is newer than the code', async () => {
    const made = await database('server')
    const { db } = await made.open()
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
    )
    const result = await runJob('crawl', [site], { env: environmentOf(made.settings) })
    expect(reasonOf(result)).toMatch(/^commentariat: the database .* is newer than this code .*$/)
    expect(result.code).toBe(3)
  })
})

describe('an embedded database that another process holds', () => {
  async function heldDatabase(): Promise<Record<string, string>> {
    const made = await database('embedded')
    await made.open()
    return environmentOf(made.settings)
  }

  it.each([
    ['crawl', ['http://127.0.0.1:1/feed']],
    ['sql', ['select 1']],
    ['demo', []],
    ['db-migrate', []],
  ])('ends %s with exit code 4, before anything is loaded that only the work needs', async (name, flags) => {
    const trace = mkdtempSync(join(tmpdir(), 'commentariat-trace-'))
    onTestFinished(() => rmSync(trace, { recursive: true }))
    const result = await runJob(name, flags, {
      env: { ...(await heldDatabase()), NODE_V8_COVERAGE: trace },
      asScript: true,
    })
    expect(reasonOf(result)).toMatch(
      new RegExp(`^commentariat: the embedded database is in use by process ${process.pid} on .*$`),
    )
    expect(result.code).toBe(4)
    const loaded = loadedScripts(trace)
    const packages = loaded.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1])
    expect([...new Set(packages)].filter((name) => name !== undefined).toSorted()).toEqual(
      // What starts a job takes esbuild, and keeps the job's program there.
      ['.cache', 'commander', 'esbuild', ...(name === 'crawl' ? ['ipaddr.js'] : [])],
    )
  })

  it('does not hide wrong usage, nor help', async () => {
    const env = await heldDatabase()
    expect(await runJob('crawl', ['--limit', 'many'], { env })).toMatchObject({ code: 2 })
    expect(await runJob('crawl', ['netzpolitk'], { env })).toMatchObject({ code: 2 })
    expect(await runJob('sql', [], { env })).toMatchObject({ code: 2 })
    expect(await runJob('crawl', [], { env: { ...env, LOG_LEVEL: 'loud' } })).toMatchObject({ code: 2 })
    expect(await runJob('crawl', ['--help'], { env })).toMatchObject({ code: 0 })
  })
})

const coverageShape = z.object({ result: z.array(z.object({ url: z.string() })) })

/** What a process loaded, by the report on coverage that Node writes when it ends. */
function loadedScripts(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const report = coverageShape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    return report.result.map(({ url }) => url)
  })
}
