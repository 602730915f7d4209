import { sql } from 'drizzle-orm'
import type { Database } from './client.ts'

/** What a table's column holds, in the words of its SQL comment. */
export interface ColumnDescription {
  readonly table: string
  readonly column: string
  readonly description: string
}

/** Every column of every table, in the database's own order. */
export async function readDescriptions(db: Database): Promise<ColumnDescription[]> {
  const rows = await db.execute<{ table: string; column: string; description: string | null }>(sql`
    select c.relname::text as table, a.attname::text as column, col_description(c.oid, a.attnum) as description
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname, a.attnum`)
  return rows.map(({ table, column, description }) => ({ table, column, description: description ?? '' }))
}
