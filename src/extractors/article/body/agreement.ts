import type { Block } from '../page-outline.ts'

const leastCells = 3
/** A long cell says no more for its table than so many columns. */
const cellColumns = 40
/** Columns that the cells of a table of data have at most, in the mean: others lay out a page. */
const longestCell = 80

/**
 * Keeps all judged cells of a table or none, as most of them were judged: a cell alone tells little.
 * @param judged passages that were judged, in page order.
 * @param kept 1 by the index of a passage's block where it was judged to belong to the article; changed.
 */
export function keepTablesWhole(blocks: readonly Block[], judged: readonly Block[], kept: Uint8Array): void {
  if (!blocks.some(({ node }) => node.name === 'table')) return
  const tables = new Int32Array(blocks.length)
  for (const { index, parent, node } of blocks)
    tables[index] = node.name === 'table' ? index : parent < 0 ? -1 : (tables[parent] ?? -1)
  for (const cells of grouped(judged, ({ index }) => tables[index] ?? -1)) {
    const text = cells.reduce((sum, { flowText }) => sum + flowText, 0)
    if (cells.length < leastCells || text > longestCell * cells.length) continue
    const isKept = keptShare(cells, kept, cellColumns) >= 0.5
    for (const { index } of cells) kept[index] = isKept ? 1 : 0
  }
}

const leastSiblings = 4
const siblingColumns = 300
/** Where more of the text of an element is kept, what is in doubt is so too. */
const surelyKept = 0.6

/**
 * Keeps passages in doubt that stand among others that are kept.
 * @param doubtful 1 by the index of a passage's block where it was almost judged to belong.
 */
export function keepAmongKept(judged: readonly Block[], doubtful: Uint8Array, kept: Uint8Array): void {
  for (const siblings of grouped(judged, ({ parent }) => parent)) {
    if (siblings.length < leastSiblings || keptShare(siblings, kept, siblingColumns) < surelyKept) continue
    for (const { index } of siblings) if (doubtful[index] === 1) kept[index] = 1
  }
}

/** Passages that one element holds; without those that none does. */
function grouped(
  passages: readonly Block[],
  holderOf: (passage: Block) => number,
): Iterable<readonly Block[]> {
  const groups = new Map<number, Block[]>()
  for (const passage of passages) {
    const holder = holderOf(passage)
    if (holder < 0) continue
    const own = groups.get(holder)
    if (own === undefined) groups.set(holder, [passage])
    else own.push(passage)
  }
  return groups.values()
}

/** @param most columns that one passage counts for at most. */
function keptShare(passages: readonly Block[], kept: Uint8Array, most: number): number {
  let all = 0
  let ofKept = 0
  for (const { index, flowText } of passages) {
    const said = Math.min(most, flowText)
    all += said
    ofKept += said * (kept[index] ?? 0)
  }
  return ofKept / Math.max(1, all)
}
