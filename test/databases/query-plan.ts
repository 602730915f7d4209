import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { OpenDatabase } from '../../src/db/client.ts'
import { sentBy } from './statements-of.ts'

/** How the database goes about a query. */
export interface QueryPlan {
  /** Tables that are read from end to end. */
  readonly readWhole: readonly string[]
  readonly indexes: readonly string[]
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string | undefined
  readonly 'Index Name'?: string | undefined
  readonly 'Actual Rows'?: number | undefined
  readonly 'Actual Loops'?: number | undefined
  readonly 'Rows Removed by Filter'?: number | undefined
  readonly 'Rows Removed by Index Recheck'?: number | undefined
  readonly Plans?: PlanNode[] | undefined
}

const nodeShape: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number().optional(),
  'Actual Loops': z.number().optional(),
  'Rows Removed by Filter': z.number().optional(),
  'Rows Removed by Index Recheck': z.number().optional(),
  Plans: z.array(z.lazy(() => nodeShape)).optional(),
})

const answerShape = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: nodeShape })) }))

export async function planOf({ db }: Pick<OpenDatabase, 'db'>, query: string): Promise<QueryPlan> {
  return readPlan(nodesOf(await db.execute(sql.raw(`explain (format json) ${query}`))))
}

/**
 * Has the planner take all tables for so many times as full: what it does then is what it will do when they are. That it
 * still sees few pages speaks for reading them.
 */
export async function pretendToHold({ db }: Pick<OpenDatabase, 'db'>, times: number): Promise<void> {
  await db.execute(sql`
    update pg_class set reltuples = reltuples * ${times}::float4
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'i') and reltuples > 10`)
}

/** A query that was run, with its plan. */
export interface WatchedQuery extends QueryPlan {
  readonly query: string
  /** Rows of tables that were looked at, whether they were wanted or not. */
  readonly rowsRead: number
}

/** Has some work done, and every query of it once more, to see how the database goes about it. */
export async function watchQueries(
  database: OpenDatabase,
  work: () => Promise<unknown>,
): Promise<WatchedQuery[]> {
  const client = database.db.$client
  const watched: WatchedQuery[] = []
  for (const { text, parameters } of await sentBy(database, work)) {
    if (!/^(?:select|with)\b/i.test(text)) continue
    const values = z.array(z.any()).parse(parameters)
    const nodes = nodesOf(await client.unsafe(`explain (analyze, format json) ${text}`, values))
    const rowsRead = nodes.reduce((sum, node) => sum + readBy(node), 0)
    watched.push({ query: text, ...readPlan(nodes), rowsRead })
  }
  return watched
}

function nodesOf(rows: Iterable<unknown>): PlanNode[] {
  return answerShape
    .parse([...rows])
    .flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => allNodes(Plan)))
}

const allNodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(allNodes)]

const readPlan = (nodes: readonly PlanNode[]): QueryPlan => ({
  readWhole: nodes
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'] ?? ''),
  indexes: nodes.map((node) => node['Index Name'] ?? '').filter((name) => name !== ''),
})

function readBy(node: PlanNode): number {
  if (node['Relation Name'] === undefined) return 0
  const { 'Actual Rows': kept = 0, 'Actual Loops': loops = 1 } = node
  const { 'Rows Removed by Filter': refused = 0, 'Rows Removed by Index Recheck': rechecked = 0 } = node
  return (kept + refused + rechecked) * loops
}
