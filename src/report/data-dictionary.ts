import type { Catalogue, CataloguedFunction, Reference, Relation } from '../db/catalogue.ts'
import { markdownTable } from './markdown-table.ts'

/** The data dictionary as a page of Markdown, formatted as the repository's other pages are. */
export function renderDictionary({ relations, references, functions }: Catalogue): string {
  const tables = relations.filter(({ kind }) => kind === 'table')
  const views = relations.filter(({ kind }) => kind === 'view')
  return `${[
    '# Data dictionary',
    `Made from the database's own comments by \`npm run dictionary\`; a test fails when it is out of date. Times are UTC.
Questions with their queries are in the [cookbook](cookbook.md), versions and removals in [history.md](history.md).`,
    '## How tables hang together',
    diagramOf(references),
    '## Views',
    ...views.flatMap(sectionOf),
    '## Tables',
    ...tables.flatMap(sectionOf),
    '## Functions',
    ...functions.flatMap(functionSection),
  ].join('\n\n')}\n`
}

/** Lines from the row that is pointed at to those that point at it. */
function diagramOf(references: readonly Reference[]): string {
  const lines = references.map(({ table, column, target, nullable, unique }) => {
    const line = `${nullable ? '|o' : '||'}--${unique ? 'o|' : 'o{'}`
    return `  ${target} ${line} ${table} : ${column}`
  })
  return ['```mermaid', 'erDiagram', ...lines, '```'].join('\n')
}

function sectionOf({ name, kind, comment, columns, keys, indexes }: Relation): string[] {
  const head = kind === 'view' ? ['column', 'type', 'holds'] : ['column', 'type', 'null', 'holds']
  const rows = columns.map(({ name, type, nullable, comment }) => {
    const cells = [`\`${name}\``, shortType(type)]
    return kind === 'view' ? [...cells, comment] : [...cells, nullable ? 'yes' : '', comment]
  })
  const found = [...keys, ...indexes].map((key) => `\`${key}\``)
  return [
    `### ${name}`,
    `${comment}.`,
    markdownTable([head, ...rows]),
    ...(found.length === 0 ? [] : [`Found by index: ${found.join(', ')}.`]),
  ]
}

function functionSection(described: CataloguedFunction): string[] {
  const call = `${described.name}(${described.arguments}) returns ${described.result}`
  return [`### ${described.name}`, `${described.comment}.`, ['```sql', call, '```'].join('\n')]
}

const shortType = (type: string): string => type.replace('timestamp with time zone', 'timestamptz')
