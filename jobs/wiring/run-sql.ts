import Table from 'cli-table3'
import type { OpenDatabase } from '../../src/db/client.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { type QueryResult, queryReadOnly } from '../../src/db/read-only.ts'
import { csvLine, textOf } from '../../src/exports/csv.ts'
import { UsageError } from '../../src/settings.ts'
import { exit } from './run-job.ts'

/** Longer values are cut in a table; `--json` and `--csv` give them whole. */
const WIDEST = 80

export interface SqlFlags {
  readonly csv: boolean
  readonly json: boolean
}

/** Prints what a read-only statement gives. @returns the exit code. */
export async function runSql(database: OpenDatabase, statement: string, flags: SqlFlags): Promise<number> {
  if (flags.csv && flags.json) throw new UsageError('--csv or --json, not both')
  await requireSchema(database)
  const result = await queryReadOnly(database, statement).catch((error: unknown) => {
    throw new UsageError(`the database refused the statement: ${reasonOf(error)}`, { cause: error })
  })
  process.stdout.write(flags.json ? toJsonLines(result) : flags.csv ? toCsv(result) : toTable(result))
  return exit.done
}

/** Drizzle wraps what the server said, which is what helps. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** @throws UsageError where two columns have one name, of which an object would lose one. */
function toJsonLines({ columns, rows }: QueryResult): string {
  const twice = columns.find((column, place) => columns.indexOf(column) < place)
  if (twice !== undefined)
    throw new UsageError(
      `--json needs a name for each column, and two are "${twice}": name one of them with as`,
    )
  const objectOf = (row: readonly unknown[]): unknown =>
    Object.fromEntries(row.map((value, place) => [columns[place], value]))
  return rows.map((row) => `${JSON.stringify(objectOf(row))}\n`).join('')
}

function toCsv({ columns, rows }: QueryResult): string {
  return [columns, ...rows].map(csvLine).join('')
}

function toTable({ columns, rows }: QueryResult): string {
  const table = new Table({ head: [...columns], style: { head: [], border: [], compact: true } })
  for (const row of rows) table.push(row.map((value) => shorten(textOf(value))))
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  return rows.length === 0 ? `${columns.join('  ')}\n${count}\n` : `${table.toString()}\n${count}\n`
}

/** On one line, indented as the statement has it: by that a thread shows who answers whom. */
function shorten(text: string): string {
  const words = text.trimStart()
  const indent = /^ */.exec(text)?.[0] ?? ''
  const line = indent + words.replaceAll(/\s+/g, ' ')
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line
}
