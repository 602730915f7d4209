import type { Block } from '../page-outline.ts'

/** Columns that the cells of a table of data have at most, in the mean: others lay out a page. */
const longestCell = 80
/** A long cell says no more for its table than so many columns. */
const mostSaid = 40
const leastCells = 3

/**
 * Keeps all judged cells of a table or none, as most of them were judged: a cell alone tells little.
 * @param judged passages that were judged, in page order.
 * @param kept 1 by the index of a passage's block where it was judged to belong to the article; changed.
 */
export function keepTablesWhole(blocks: readonly Block[], judged: readonly Block[], kept: Uint8Array): void {
  for (const cells of cellsByTable(blocks, judged)) {
    if (cells.length < leastCells || sum(cells, ({ flowText }) => flowText) > longestCell * cells.length)
      continue
    const said = (cell: Block): number => Math.min(mostSaid, cell.flowText)
    const isKept = sum(cells, (cell) => said(cell) * (kept[cell.index] ?? 0)) * 2 >= sum(cells, said)
    for (const { index } of cells) kept[index] = isKept ? 1 : 0
  }
}

function cellsByTable(blocks: readonly Block[], judged: readonly Block[]): Iterable<readonly Block[]> {
  const tables = new Int32Array(blocks.length)
  let hasTables = false
  for (const { index, parent, node } of blocks) {
    const isTable = node.name === 'table'
    hasTables ||= isTable
    tables[index] = isTable ? index : parent < 0 ? -1 : (tables[parent] ?? -1)
  }
  const cells = new Map<number, Block[]>()
  if (!hasTables) return cells.values()
  for (const passage of judged) {
    const table = tables[passage.index] ?? -1
    if (table < 0) continue
    const own = cells.get(table)
    if (own === undefined) cells.set(table, [passage])
    else own.push(passage)
  }
  return cells.values()
}

const sum = (cells: readonly Block[], measure: (cell: Block) => number): number =>
  cells.reduce((all, cell) => all + measure(cell), 0)
