import Table from 'cli-table3'
import { Command } from 'commander'
import { openDatabase } from '../src/db/client.ts'
import { requireSchema } from '../src/db/migrate.ts'
import { type QueryResult, queryReadOnly } from '../src/db/read-only.ts'
import { UsageError } from '../src/settings.ts'
import { exit, runJob } from './wiring/run-job.ts'

/** Longer values are cut in a table; `--json` and `--csv` give them whole. */
const WIDEST = 80

const command = new Command('sql')
  .description('Read-only SQL on whichever database is configured.')
  .argument('<statement>', 'such as "select * from site_health"')
  .option('--csv', 'comma-separated values', false)
  .option('--json', 'one JSON object on each line', false)
  .exitOverride()

await runJob(async ({ settings }) => {
  command.parse()
  const flags = command.opts<{ csv: boolean; json: boolean }>()
  const database = await openDatabase(settings)
  try {
    await requireSchema(database)
    const result = await queryReadOnly(database, command.args[0] ?? '').catch((error: unknown) => {
      throw new UsageError(`the database refused the statement: ${reasonOf(error)}`, { cause: error })
    })
    process.stdout.write(flags.json ? toJsonLines(result) : flags.csv ? toCsv(result) : toTable(result))
    return exit.done
  } finally {
    await database.close()
  }
})

/** Drizzle wraps what the server said, which is what helps. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

function toJsonLines({ rows }: QueryResult): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? `${value.length} bytes` : JSON.stringify(value)
}

/** RFC 4180; a leading sign that a spreadsheet would take for a formula is made harmless. */
function toCsv({ columns, rows }: QueryResult): string {
  const field = (value: unknown): string => {
    const text = textOf(value)
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))]
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('')
}

function toTable({ columns, rows }: QueryResult): string {
  const table = new Table({ head: [...columns], style: { head: [], border: [], compact: true } })
  for (const row of rows) table.push(columns.map((column) => shorten(textOf(row[column]))))
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  return rows.length === 0 ? `${columns.join('  ')}\n${count}\n` : `${table.toString()}\n${count}\n`
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line
}
