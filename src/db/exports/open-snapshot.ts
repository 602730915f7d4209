import type postgres from 'postgres'
import { z } from 'zod'
import type { Column, Part, Row, Snapshot } from '../../exports/dataset.ts'
import type { OpenDatabase } from '../client.ts'
import { newestMigration } from '../migrate.ts'
import type { Dataset } from './datasets.ts'

/** Which rows of a dataset are wanted. */
export interface SnapshotFilter {
  /** Ids of sites; empty: all. */
  readonly sites: readonly string[]
  /** Only rows of that moment or later, by the moment that puts them into their month. */
  readonly since: Date | null
}

/**
 * Gives work one consistent view of a dataset: all that is read in it, counts and rows, is as of the moment at which
 * it began, whatever is written meanwhile. Rows come through a cursor, so that memory does not grow with their number.
 */
export async function withSnapshot<Result>(
  { db }: OpenDatabase,
  dataset: Dataset,
  filter: SnapshotFilter,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const result = await db.$client.begin('isolation level repeatable read read only', async (transaction) => {
    const [clock] = momentShape.parse([...(await transaction.unsafe(`select ${asMoment('now()')} as at`))])
    return {
      value: await work({
        takenAt: new Date(clock.at),
        schemaVersion: newestMigration(),
        query: queryOf(dataset, filter),
        columns: dataset.columns.map(({ name, type }): Column => ({ name, type })),
        parts: await readParts(transaction, dataset, filter),
        erased: await readErased(transaction, dataset),
        rows: (parts) => readRows(transaction, dataset, filter, parts),
      }),
    }
  })
  return result.value
}

const momentShape = z.tuple([z.object({ at: z.string() })])

const asMoment = (expression: string): string =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const month = ({ at }: Dataset): string => `to_char(${at} at time zone 'UTC', 'YYYY-MM')`

/** By octets, as every database does it alike. */
const inOrder = (dataset: Dataset): string => `${dataset.site} collate "C", ${month(dataset)} collate "C"`

/** Literals, for a cursor takes no parameters; the query is told in the manifest as it ran. */
function wanted({ site, at, where }: Dataset, { sites, since }: SnapshotFilter): string {
  const conditions = [where]
  if (sites.length > 0) conditions.push(`${site} in (${sites.map(literal).join(', ')})`)
  if (since !== null) conditions.push(`${at} >= ${literal(since.toISOString())}::timestamptz`)
  return conditions.join(' and ')
}

/** `standard_conforming_strings` is on in every version that is supported, so that only quotes need care. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function queryOf(dataset: Dataset, filter: SnapshotFilter, further = 'true'): string {
  const columns = dataset.columns.map(
    ({ name, type, expression }) => `${written(expression, type)} as ${name}`,
  )
  return (
    `select ${columns.join(', ')}, ${dataset.site} as "part site", ${month(dataset)} as "part month" ` +
    `from ${dataset.from} where ${wanted(dataset, filter)} and ${further} ` +
    `order by ${inOrder(dataset)}, ${dataset.order}`
  )
}

function written(expression: string, type: Column['type']): string {
  switch (type) {
    case 'timestamp':
      return asMoment(expression)
    case 'texts':
      return `to_json(${expression})::text`
    case 'json':
    case 'bigint':
      return `${expression}::text`
    case 'text':
    case 'integer':
    case 'boolean':
    case 'bytes':
      return expression
  }
}

const erasedShape = z.array(z.object({ table: z.string(), ids: z.array(z.number()) }))

/** Rows that copies which were exported before still hold. */
async function readErased(
  transaction: postgres.TransactionSql,
  { erasedFrom }: Dataset,
): Promise<Snapshot['erased']> {
  const rows = await transaction.unsafe(`
    select table_name as table, json_agg(distinct row_id order by row_id) as ids from erased_rows
    where table_name = any(array[${erasedFrom.map(literal).join(', ')}]::text[]) group by 1`)
  return Object.fromEntries(erasedShape.parse([...rows]).map(({ table, ids }) => [table, ids]))
}

const partShape = z.array(
  z.object({ site: z.string(), month: z.string(), rows: z.number(), fingerprint: z.string() }),
)

async function readParts(
  transaction: postgres.TransactionSql,
  dataset: Dataset,
  filter: SnapshotFilter,
): Promise<Part[]> {
  const rows = await transaction.unsafe(`
    select ${dataset.site} as site, ${month(dataset)} as month, count(*)::int as rows,
      sum(hashtextextended(${dataset.version}, 0)::numeric)::text as fingerprint
    from ${dataset.from} where ${wanted(dataset, filter)}
    group by 1, 2 order by ${inOrder(dataset)}`)
  return partShape.parse([...rows])
}

async function* readRows(
  transaction: postgres.TransactionSql,
  dataset: Dataset,
  filter: SnapshotFilter,
  parts: readonly Part[],
): ReturnType<Snapshot['rows']> {
  const first = parts[0]
  if (first === undefined) return
  const from = `(${inOrder(dataset)}) >= (${literal(first.site)}, ${literal(first.month)})`
  await transaction.unsafe(`declare exported no scroll cursor for ${queryOf(dataset, filter, from)}`)
  const byName = new Map(parts.map((part) => [`${part.site} ${part.month}`, part]))
  const fetchBatch = () => transaction.unsafe(`fetch ${dataset.batch} from exported`)
  for (let batch = await fetchBatch(); batch.length > 0; batch = await fetchBatch()) {
    for (const [name, rows] of groupByPart(batch)) {
      const part = byName.get(name)
      if (part !== undefined) yield { part, rows }
    }
  }
}

/** The rows come in the order of their parts. */
function groupByPart(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const name = `${String(row['part site'])} ${String(row['part month'])}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return groups
}
