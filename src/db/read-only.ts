import { sql } from 'drizzle-orm'
import type { OpenDatabase } from './client.ts'

/** Rows of one read-only statement, with the columns in the order in which they were asked for. */
export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** Runs a person's own SQL; the database itself refuses whatever would write. @throws the database's error */
export async function queryReadOnly({ db }: OpenDatabase, statement: string): Promise<QueryResult> {
  return db.transaction(
    async (transaction) => {
      const result = await transaction.execute(sql.raw(statement))
      const bigintColumns = result.columns.filter(({ type }) => type === BIGINT).map(({ name }) => name)
      return {
        columns: result.columns.map(({ name }) => name),
        rows: result.map((row) => withNumbers(row, bigintColumns)),
      }
    },
    { accessMode: 'read only' },
  )
}

/** Type number of bigint in pg_type. */
const BIGINT = 20

/** The driver gives bigint as text; ids and counts are numbers to whoever reads them. */
function withNumbers(row: Record<string, unknown>, columns: readonly string[]): Record<string, unknown> {
  const numbers = columns
    .map((column) => [column, Number(row[column])] as const)
    .filter(([column, value]) => row[column] !== null && Number.isSafeInteger(value))
  return { ...row, ...Object.fromEntries(numbers) }
}
