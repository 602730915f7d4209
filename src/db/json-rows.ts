import { getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/**
 * Rows go over as one JSON array: 2 to 5 times faster than a parameter for each value, on both databases. These are
 * the parts of a statement that writes a table's columns from such rows, named `r`, whose keys are the schema's
 * property names. All columns must be in the rows: what is absent is null, whatever its default.
 * @param given expressions that stand in for what the rows say, by key.
 * @param without keys of columns that the database fills in by itself.
 */
export function jsonRows(
  table: PgTable,
  given: Readonly<Record<string, string>> = {},
  without: readonly string[] = [],
) {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => !without.includes(key))
  return {
    columns: sql.raw(columns.map(([, { name }]) => name).join(', ')),
    values: sql.raw(columns.map(([key]) => given[key] ?? `r."${key}"`).join(', ')),
    shape: sql.raw(columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', ')),
  }
}

/** The most rows that go over in one statement. */
export const BATCH = 1000

/** The most characters of JSON that do, but for a single row's. */
const BATCH_CHARACTERS = 1_000_000

/** Rows as JSON arrays, each for one statement. */
export function* jsonBatches(rows: Iterable<unknown>): Generator<string> {
  let batch: string[] = []
  let characters = 0
  for (const row of rows) {
    const json = JSON.stringify(row)
    if (batch.length === BATCH || (batch.length > 0 && characters + json.length > BATCH_CHARACTERS)) {
      yield `[${batch.join(',')}]`
      batch = []
      characters = 0
    }
    batch.push(json)
    characters += json.length
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`
}
