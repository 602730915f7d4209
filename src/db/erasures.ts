import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { ErasureList } from '../privacy/guard.ts'
import type { Database } from './client.ts'
import { identity, moment, reference } from './columns.ts'

/** What must not be stored again, as keyed hashes: the list tells nobody who was erased. */
export const erasures = pgTable(
  'erasures',
  {
    id: identity(),
    scope: text('scope').notNull(),
    kind: text('kind').$type<'writer' | 'name' | 'page'>().notNull(),
    hash: text('hash').notNull(),
    letters: integer('letters').notNull(),
    words: integer('words').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [unique('erasures_key').on(table.scope, table.kind, table.hash)],
)

export type Erasure = Omit<typeof erasures.$inferInsert, 'id'>

/** Ids of rows that were erased, for copies of them that were exported before. */
export const erasedRows = pgTable(
  'erased_rows',
  {
    tableName: text('table_name').notNull(),
    rowId: reference('row_id').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('erased_rows_table_name_idx').on(table.tableName, table.rowId)],
)

/** Applies to every scope. */
export const EVERYWHERE = ''

export async function noteErasures(db: Database, entries: readonly Erasure[]): Promise<void> {
  if (entries.length > 0)
    await db
      .insert(erasures)
      .values([...entries])
      .onConflictDoNothing()
}

/** What must not be stored within a scope. */
export async function loadErasures(db: Database, scope: string): Promise<ErasureList> {
  const rows = await db
    .select()
    .from(erasures)
    .where(sql`${erasures.scope} in (${EVERYWHERE}, ${scope})`)
  const names = rows.filter(({ kind }) => kind === 'name')
  const hashesOf = (wanted: Erasure['kind']) =>
    new Set(rows.filter(({ kind }) => kind === wanted).map(({ hash }) => hash))
  return {
    writers: hashesOf('writer'),
    names: hashesOf('name'),
    pages: hashesOf('page'),
    lengths: new Set(names.map(({ letters }) => letters)),
    mostWords: Math.max(0, ...names.map(({ words }) => words)),
  }
}

export async function noteErasedRows(
  db: Database,
  tableName: string,
  ids: readonly number[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  await db.execute(sql`
    insert into erased_rows (table_name, row_id, at)
    select ${tableName}, value::bigint, ${at.toISOString()}::timestamptz
    from json_array_elements_text(${JSON.stringify(ids)}::json)`)
}
