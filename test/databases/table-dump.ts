import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/client.ts'

type Row = Readonly<Record<string, unknown>>

/** Every row of every table but of who is at work, with the transaction that wrote it last, by table name. */
export async function dumpTables({ db }: OpenDatabase): Promise<Record<string, Row[]>> {
  const tables = await db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'site_leases' order by 1`)
  const dump: Record<string, Row[]> = {}
  for (const { name } of tables) {
    const rows = await db.execute<{ row: Row }>(sql`
      select to_jsonb(t) || jsonb_build_object('written by', t.xmin::text) as row
      from ${sql.identifier(name)} t order by to_jsonb(t)::text`)
    dump[name] = rows.map(({ row }) => row)
  }
  return dump
}

/** Which columns of which tables differ between two dumps that hold the same rows in number. */
export function changedColumns(before: Record<string, Row[]>, after: Record<string, Row[]>): string[] {
  const changed = new Set<string>()
  for (const [table, rows] of Object.entries(after)) {
    const former = before[table] ?? []
    if (rows.length !== former.length) changed.add(`${table}: ${former.length} to ${rows.length} rows`)
    const byKey = new Map(former.map((row) => [keyOf(row), row]))
    for (const row of rows) {
      const old = byKey.get(keyOf(row)) ?? {}
      for (const column of Object.keys(row)) {
        if (JSON.stringify(row[column]) !== JSON.stringify(old[column])) changed.add(`${table}.${column}`)
      }
    }
  }
  return [...changed].toSorted()
}

/** Tables without an id have one row for each article, or rows that are never updated, so that all of them is the key. */
function keyOf(row: Row): string {
  if ('id' in row) return String(row['id'])
  return 'next_check_at' in row ? String(row['article_id']) : JSON.stringify(row)
}

/** The rows of one statement, as plain objects. */
export async function rowsOf(
  { db }: OpenDatabase,
  statement: Parameters<typeof db.execute>[0],
): Promise<Row[]> {
  return [...(await db.execute<Row>(statement))]
}
