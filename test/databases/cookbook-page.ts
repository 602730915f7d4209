import { readFileSync } from 'node:fs'
import type { QueryResult } from '../../src/db/read-only.ts'
import { markdownTable } from '../../src/report/markdown-table.ts'

export const cookbookFile = new URL('../../docs/cookbook.md', import.meta.url)

export interface Recipe {
  readonly question: string
  readonly query: string
}

/** The questions of the cookbook, in order. */
export function readRecipes(): Recipe[] {
  const page = readFileSync(cookbookFile, 'utf8')
  return [
    ...page.matchAll(/^### (?<question>[^\n]+)\n(?<between>(?:(?!^#)[^])*?)^```sql\n(?<query>[^`]+)\n```/gm),
  ].map(({ groups }) => ({ question: groups?.['question'] ?? '', query: groups?.['query'] ?? '' }))
}

/** The page with these answers in place of those that it has. */
export function withAnswers(answers: ReadonlyMap<string, QueryResult>): string {
  const page = readFileSync(cookbookFile, 'utf8')
  return page.replaceAll(
    /^(?<block>```sql\n(?<query>[^`]+)\n```\n)(?:\n(?:\|[^\n]*\n)+)?/gm,
    (_all, block: string, query: string) => {
      const answer = answers.get(query)
      return answer === undefined ? block : `${block}\n${tableOf(answer)}\n`
    },
  )
}

function tableOf({ columns, rows }: QueryResult): string {
  return markdownTable([columns, ...rows.map((row) => row.map(cellOf))])
}

const WIDEST = 70

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // PostgreSQL's way of writing a moment, to the minute.
  const line = text.replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d):\d\d(?:\.\d+)?\+00$/, '$1').replaceAll(/\s+/g, ' ')
  const escaped = line.replaceAll(/[<*_~[\]\\]/g, String.raw`\$&`)
  return escaped.length > WIDEST ? `${escaped.slice(0, WIDEST - 1)}…` : escaped
}
