import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { OpenDatabase } from '../../src/db/client.ts'

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
  readonly Plans?: PlanNode[] | undefined
}

const nodeShape: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  Plans: z.array(z.lazy(() => nodeShape)).optional(),
})

const answerShape = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: nodeShape })) }))

export async function planOf({ db }: Pick<OpenDatabase, 'db'>, query: string): Promise<QueryPlan> {
  const rows = await db.execute(sql.raw(`explain (format json) ${query}`))
  const nodes = answerShape
    .parse([...rows])
    .flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => allNodes(Plan)))
  return {
    readWhole: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? ''),
    indexes: nodes.map((node) => node['Index Name'] ?? '').filter((name) => name !== ''),
  }
}

const allNodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(allNodes)]
