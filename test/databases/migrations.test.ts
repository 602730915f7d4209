import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { is, sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import { migrateDatabase, requireSchema } from '../../src/db/migrate.ts'
import { WrongSchemaVersion } from '../../src/db/refusals.ts'
import * as schema from '../../src/db/schema.ts'
import { contract, contractTypes, views } from './contract.ts'
import { describeEachDatabase } from './each-database.ts'
import { type DatabaseKind, newDatabase } from './new-database.ts'

const migrationsFolder = new URL('../../src/db/migrations/', import.meta.url)

function journal(): { entries: { idx: number; tag: string }[] } {
  return JSON.parse(readFileSync(new URL('meta/_journal.json', migrationsFolder), 'utf8'))
}

const tags = journal().entries.map(({ tag }) => tag)

async function emptyDatabase(kind: DatabaseKind): Promise<OpenDatabase> {
  const made = await newDatabase(kind, 'empty')
  onTestFinished(() => made.remove())
  return made.open()
}

describe('migrations and schema', () => {
  it('leave nothing for drizzle-kit to generate', async () => {
    const last = journal().entries.at(-1)
    const snapshot = new URL(`meta/${String(last?.idx).padStart(4, '0')}_snapshot.json`, migrationsFolder)
    const before = JSON.parse(readFileSync(snapshot, 'utf8'))
    const now = generateDrizzleJson(schema, before.id)
    expect(await generateMigration(before, now)).toEqual([])
  })
})

describe.each<DatabaseKind>(['embedded', 'server'])('an empty %s database', (kind) => {
  it('is migrated once, and a second run does nothing', async () => {
    const database = await emptyDatabase(kind)
    expect(await migrateDatabase(database)).toEqual({ applied: tags })
    expect(await migrateDatabase(database)).toEqual({ applied: [] })
    const [row] = await database.db.execute(sql`select count(*)::int as n from drizzle.__drizzle_migrations`)
    expect(row).toEqual({ n: tags.length })
    await expect(requireSchema(database)).resolves.toBeUndefined()
  })
})

/** An empty database with one site, as it was before a migration, which `goOn` brings with all that follow. */
async function databaseBefore(kind: DatabaseKind, migration: string) {
  const { db } = await emptyDatabase(kind)
  const run = async (wanted: readonly string[]) => {
    for (const tag of wanted) {
      const statements = readFileSync(new URL(`${tag}.sql`, migrationsFolder), 'utf8')
      for (const statement of statements.split('--> statement-breakpoint'))
        await db.execute(sql.raw(statement))
    }
  }
  const split = tags.findIndex((tag) => tag.endsWith(`_${migration}`))
  await run(tags.slice(0, split))
  await db.execute(
    sql`insert into sites (id, name, url) values ('gazette', 'Gazette', 'https://gazette.example/')`,
  )
  return { db, goOn: () => run(tags.slice(split)) }
}

describe.each<DatabaseKind>(['embedded', 'server'])('visits to articles of an older %s database', (kind) => {
  it('are kept, each once: by the first thread of the article, if it has one', async () => {
    const { db, goOn } = await databaseBefore(kind, 'visits_in_threads')
    await db.execute(sql`
      insert into articles (site_id, url, url_hash, authors, tags, body_text, body_html, rules, content_hash,
        extractor_version, first_seen_at, changed_at, checked_at)
      select 'gazette', 'https://gazette.example/' || n, n::text, '{}', '{}', '', '', '{}', '', '1', now(), now(), now()
      from generate_series(1, 3) n`)
    await db.execute(sql`
      insert into article_checks (article_id, site_id, checked_at, next_check_at, reading_key)
      select id, site_id, '2026-03-02T10:00Z', timestamptz '2026-03-02T11:00Z' + id * interval '1 hour', 'key'
      from articles`)
    await db.execute(sql`
      insert into threads (article_id, platform, native_id, changed_at)
      values (2, 'wordpress', 'a', now()), (3, 'disqus', 'b', now()), (3, 'wordpress', 'c', now())`)
    const visits = sql`
      select article_id::int, site_id, checked_at::text, extract(epoch from next_check_at - checked_at)::int / 3600 as hours`
    const before = await db.execute(sql`${visits} from article_checks order by 1`)
    await goOn()
    expect([...(await db.execute(sql`${visits} from article_visits order by 1`))]).toEqual([...before])
    const threadless = await db.execute(sql`select article_id::int from article_checks`)
    expect([...threadless]).toEqual([{ article_id: 1 }])
    const threads = await db.execute(sql`
      select native_id, site_id, article_next_check_at is not null as tells from threads order by native_id`)
    expect([...threads]).toEqual([
      { native_id: 'a', site_id: 'gazette', tells: true },
      { native_id: 'b', site_id: 'gazette', tells: true },
      { native_id: 'c', site_id: 'gazette', tells: false },
    ])
  })
})

describe.each<DatabaseKind>(['embedded', 'server'])('captures of an older %s database', (kind) => {
  it('keep their bytes, which are stored once from then on', async () => {
    const { db, goOn } = await databaseBefore(kind, 'clocks')
    await db.execute(sql`insert into captures
        (site_id, url, url_hash, kind, fetched_at, status, headers, body, body_hash, expires_at)
      select 'gazette', 'https://gazette.example/' || n, n::text, 'article', now(), 200, '{}'::jsonb,
        case when n < 3 then decode(repeat('ab', 40), 'hex') else decode(repeat('cd', 20), 'hex') end, 'same', now()
      from generate_series(1, 3) n`)
    await goOn()
    const held = await db.execute(
      sql`select url, octet_length(body) as octets, body_hash from captures order by id`,
    )
    expect([...held]).toEqual([
      { url: 'https://gazette.example/1', octets: 40, body_hash: 'same' },
      { url: 'https://gazette.example/2', octets: 40, body_hash: 'same' },
      { url: 'https://gazette.example/3', octets: 20, body_hash: 'same' },
    ])
    const bodies = await db.execute(sql`select body_key from capture_bodies order by 1`)
    expect([...bodies]).toEqual([{ body_key: 'empty' }, { body_key: 'same' }])
  })
})

describe('a server', () => {
  it('that lacks migrations is refused with the command that brings them', async () => {
    const database = await emptyDatabase('server')
    const refusal = requireSchema(database)
    await expect(refusal).rejects.toBeInstanceOf(WrongSchemaVersion)
    await expect(refusal).rejects.toThrow(
      `lacks ${tags.length} of ${tags.length} migrations (${tags.join(', ')}); run: npm run db:migrate`,
    )
    const [row] = await database.db.execute(sql`select to_regclass('public.articles')::text as name`)
    expect(row).toEqual({ name: null })
  })

  it('is migrated once by several that migrate at the same time', async () => {
    const made = await newDatabase('server', 'empty')
    onTestFinished(() => made.remove())
    const opened = await Promise.all(Array.from({ length: 4 }, () => made.open()))
    await Promise.all(opened.map((database) => migrateDatabase(database)))
    const [row] = await opened[0]!.db.execute(
      sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
    )
    expect(row).toEqual({ n: tags.length })
  })
})

describeEachDatabase('the migrated schema', (open, kind) => {
  it('has every table, view and column of the contract', async () => {
    const rows = await open().db.execute<{ column: string }>(sql`
      select table_name || '.' || column_name as column from information_schema.columns where table_schema = 'public'`)
    const found = new Set(rows.map(({ column }) => column))
    const wanted = Object.entries(contract).flatMap(([table, columns]) =>
      columns.map((name) => `${table}.${name}`),
    )
    expect(wanted.filter((column) => !found.has(column))).toEqual([])
  })

  it("has the contract's types", async () => {
    const rows = await open().db.execute<{ column: string; type: string }>(sql`
      select table_name || '.' || column_name as column, data_type as type
      from information_schema.columns where table_schema = 'public'`)
    const types = Object.fromEntries(rows.map(({ column, type }) => [column, type]))
    expect(types).toMatchObject(contractTypes)
  })

  it('has exactly the columns that the code knows, as nullable as it believes', async () => {
    const rows = await open().db.execute<{ column: string; nullable: string }>(sql`
      select c.table_name || '.' || c.column_name as column, c.is_nullable as nullable
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`)
    const inDatabase = rows.map(
      ({ column, nullable }) => `${column} ${nullable === 'YES' ? 'null' : 'not null'}`,
    )
    const tables = Object.values(schema).filter((value) => is(value, PgTable))
    const inCode = tables
      .map((table) => getTableConfig(table))
      .flatMap(({ name, columns }) =>
        columns.map((column) => `${name}.${column.name} ${column.notNull ? 'not null' : 'null'}`),
      )
    expect(inDatabase.toSorted()).toEqual(inCode.toSorted())
  })

  it('says of every table, view and column what it holds', async () => {
    const silent = await open().db.execute(sql`
      select c.relname as relation, a.attname as column
      from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')
        and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)`)
    expect([...silent]).toEqual([])
  })

  it.each(views)('lets %s be read', async (view) => {
    const rows = await open().db.execute(sql`select * from ${sql.identifier(view)}`)
    expect(rows.length).toBe(0)
  })

  it('is refused when it is newer than the code', async () => {
    const { db } = open()
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
    )
    try {
      for (const use of [requireSchema, migrateDatabase]) {
        const refusal = use(open())
        await expect(refusal).rejects.toBeInstanceOf(WrongSchemaVersion)
        await expect(refusal).rejects.toThrow(/is newer than this code \(1 unknown migrations?\)/)
      }
    } finally {
      await db.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'later'`)
    }
    await expect(requireSchema(open())).resolves.toBeUndefined()
    expect(open().kind).toBe(kind)
  })
})
