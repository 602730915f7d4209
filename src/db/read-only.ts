import { sql } from 'drizzle-orm'
import type { Database, OpenDatabase } from './client.ts'

/** Rows of one read-only statement. Their values stand in the order of the columns, of which two may have one name. */
export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/**
 * Runs queries that only read, all on one snapshot, for a person who waits: none takes longer than a few seconds, nor
 * waits for long behind a migration. The database itself refuses whatever would write.
 */
export async function readOnly<Result>(
  { db }: OpenDatabase,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  return db.transaction(
    async (transaction) => {
      // To compile a plan takes longer than it saves where few rows are read.
      await transaction.execute(sql`select set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true),
        set_config('lock_timeout', ${LOCK_TIMEOUT}, true), set_config('jit', 'off', true)`)
      return work(transaction)
    },
    { accessMode: 'read only', isolationLevel: 'repeatable read' },
  )
}

const STATEMENT_TIMEOUT = '10s'
const LOCK_TIMEOUT = '2s'

/** Everything that reads; `copy … to program` would too, and start a program on the server. */
const readingWords = ['select', 'with', 'table', 'values', 'show', 'explain']
const leadingComments = /^(?:\s|\(|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)+/

/**
 * Runs one statement of a person's own; the database itself refuses whatever would write.
 * @throws RangeError for a statement that does not read, else the database's error.
 */
export async function queryReadOnly({ db }: OpenDatabase, statement: string): Promise<QueryResult> {
  const firstWord = /^[a-z]*/i.exec(statement.replace(leadingComments, ''))?.[0].toLowerCase() ?? ''
  if (!readingWords.includes(firstWord)) {
    throw new RangeError(`only statements that begin with ${readingWords.join(', ')} are run`)
  }
  const result = await db.$client.begin('read only', (transaction) =>
    transaction.unsafe(statement, [], extendedProtocol).values(),
  )
  const { columns } = result
  return {
    columns: columns.map(({ name }) => name),
    rows: result.map((row) => row.map((value, place) => asNumber(value, columns[place]?.type))),
  }
}

/**
 * One statement only, for a `commit` before another would end the protection. The driver takes the first
 * option, which its types do not tell.
 */
const extendedProtocol = { simple: false, prepare: true }

/** Type number of bigint in pg_type. */
const BIGINT = 20

/** The driver gives bigint as text; ids and counts are numbers to whoever reads them. */
function asNumber(value: unknown, type: number | undefined): unknown {
  if (type !== BIGINT || value === null) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
