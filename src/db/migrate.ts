import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { z } from 'zod'
import type { OpenDatabase } from './client.ts'
import { WrongSchemaVersion } from './refusals.ts'
import { failpoint } from '../failpoint.ts'

const folder = fileURLToPath(new URL('./migrations', import.meta.url))

const journalShape = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) })

function migrations() {
  return journalShape.parse(JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8'))).entries
}

/** Name of the newest migration, which says what tables and columns there are. */
export function newestMigration(): string {
  return migrations().at(-1)?.tag ?? 'none'
}

/** Moments (Unix ms) of the migrations that the database has had, oldest first. */
async function appliedMigrations({ db }: OpenDatabase): Promise<number[]> {
  const [found] = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  )
  if (found?.name == null) return []
  const rows = await db.execute<{ at: string }>(
    sql`select created_at::text as at from drizzle.__drizzle_migrations order by created_at`,
  )
  return rows.map((row) => Number(row.at))
}

/** An arbitrary key of our own: two migrators at once would both start from the same state. */
const MIGRATION_LOCK = 7_261_001

/** Brings the schema up to date. Does nothing when it is, and may be run by several at once. */
export async function migrateDatabase(open: OpenDatabase): Promise<{ applied: string[] }> {
  const before = await appliedMigrations(open)
  assertNotNewer(open, before)
  const pending = migrations().filter(({ when }) => !before.includes(when))
  if (pending.length === 0) return { applied: [] }
  await open.exclusively(MIGRATION_LOCK, async (db) => {
    failpoint('migrating')
    await migrate(db, { migrationsFolder: folder })
    failpoint('migrated')
  })
  return { applied: pending.map(({ tag }) => tag) }
}

/**
 * Makes sure that code and schema fit before anything is read or written.
 * The embedded database is migrated on the way; a server is migrated by its operator.
 * @throws WrongSchemaVersion saying what to do.
 */
export async function requireSchema(open: OpenDatabase): Promise<void> {
  const applied = await appliedMigrations(open)
  assertNotNewer(open, applied)
  if (open.kind === 'embedded') {
    await migrateDatabase(open)
    return
  }
  const pending = migrations().filter(({ when }) => !applied.includes(when))
  if (pending.length > 0) {
    throw new WrongSchemaVersion(
      `the database ${open.name} lacks ${pending.length} of ${migrations().length} migrations ` +
        `(${pending.map(({ tag }) => tag).join(', ')}); run: npm run db:migrate`,
    )
  }
}

function assertNotNewer(open: OpenDatabase, applied: readonly number[]): void {
  const known = new Set(migrations().map(({ when }) => when))
  const newer = applied.filter((when) => !known.has(when))
  if (newer.length === 0) return
  throw new WrongSchemaVersion(
    `the database ${open.name} is newer than this code (${newer.length} unknown migrations); ` +
      'update Commentariat (git pull && npm ci), or open another database',
  )
}
