import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from '../../src/db/client.ts'
import { migrateDatabase, requireSchema } from '../../src/db/migrate.ts'
import { queryReadOnly } from '../../src/db/read-only.ts'
import { forgetSite } from '../../src/db/sites.ts'
import { runJob } from '../jobs/start-job.ts'
import { openSmallPaper } from '../jobs/small-paper.ts'
import { bridge, publishNews } from '../jobs/paper-crawl.ts'
import { newDatabase, type NewDatabase } from './new-database.ts'
import { storeOf } from './page-to-save.ts'

/** Roles are the server's, not the database's: each run has its own. */
const prefix = `commentariat_${randomBytes(4).toString('hex')}`
const statements = readFileSync(new URL('../../docs/database-roles.sql', import.meta.url), 'utf8')

let made: NewDatabase
let administrator: postgres.Sql
const opened: OpenDatabase[] = []

function urlOf(role: string): string {
  const url = new URL(made.settings.databaseUrl ?? '')
  url.username = `${prefix}_${role}`
  return url.href
}

async function openAs(role: string): Promise<OpenDatabase> {
  const database = await openDatabase({ databaseUrl: urlOf(role), dataFolder: '' })
  opened.push(database)
  return database
}

beforeAll(async () => {
  made = await newDatabase('server', 'empty')
  administrator = postgres(made.settings.databaseUrl ?? '', { max: 1, onnotice: () => undefined })
  await administrator.unsafe(statements.replaceAll('commentariat_', `${prefix}_`))
  await migrateDatabase(await openAs('owner'))
})

afterAll(async () => {
  for (const database of opened) await database.close()
  const roles = ['owner', 'writer', 'reader'].map((role) => `${prefix}_${role}`)
  for (const role of roles) await administrator.unsafe(`drop owned by ${role} cascade`)
  for (const role of roles) await administrator.unsafe(`drop role ${role}`)
  await administrator.end()
  await made.remove()
})

const refused = async (database: OpenDatabase, statement: string, mode = ''): Promise<string> =>
  database.db.$client
    .begin(mode, (transaction) => transaction.unsafe(statement))
    .then(
      () => 'done',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )

it('lets the writer store and erase, and change nothing of the schema', async () => {
  const writer = await openAs('writer')
  await requireSchema(writer)
  const { save } = await storeOf(writer, { id: 'gazette' })
  expect(await save()).toMatchObject({ change: 'new' })
  for (const statement of [
    'drop table comments',
    'alter table articles add column mine text',
    'create table mine (id int)',
    'create schema mine',
    'truncate comments',
    'insert into drizzle.__drizzle_migrations (hash, created_at) values (1, 1)',
  ])
    expect(await refused(writer, statement)).toMatch(/must be owner|permission denied/)
  await forgetSite(writer.db, 'gazette')
  expect([...(await writer.db.execute(sql`select id from articles`))]).toEqual([])
})

it('lets the reader read everything and write nothing', async () => {
  const { save } = await storeOf(await openAs('writer'), { id: 'post' })
  await save()
  const reader = await openAs('reader')
  await requireSchema(reader)
  const { rows } = await queryReadOnly(reader, 'select title from articles')
  expect(rows).toHaveLength(1)
  const views = await reader.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.views where table_schema = 'public'`,
  )
  expect(views.length).toBeGreaterThan(5)
  for (const { name } of views) await queryReadOnly(reader, `select * from ${name} limit 1`)
  const writes = ["update articles set title = 'x'", 'delete from comments', "insert into sites values ('x')"]
  for (const statement of writes) {
    expect(await refused(reader, statement)).toMatch('read-only transaction')
    // The setting can be taken back by whoever it is for; the rights can't.
    expect(await refused(reader, statement, 'read write')).toMatch('permission denied')
  }
})

it('is all that a crawl and a query need', async () => {
  const paper = await openSmallPaper()
  publishNews(paper)
  const env = { DATABASE_URL: urlOf('writer'), LOG_LEVEL: 'warn' }
  const crawl = await runJob('crawl', [paper.feedUrl, '--allow-private-network', '--json'], { env })
  await paper.stop()
  expect([crawl.code, crawl.stderr]).toEqual([0, ''])
  const query = `select url from articles where url like '%${bridge}'`
  const read = await runJob('sql', [query, '--json'], { env: { DATABASE_URL: urlOf('reader') } })
  expect(read.stdout).toContain(bridge)
})
