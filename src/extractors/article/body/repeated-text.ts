import type { Block } from '../page-outline.ts'
import type { PassageTree } from './passage-tree.ts'
import { passageText } from './passage-words.ts'

/** Columns from which on a passage is told again by its text. */
const sentenceColumns = 80
/** So many of them in the same order are no refrain. */
const leastRepeated = 4
/** An element is a second copy where the rest of it is shorter than this share of what it repeats. */
const mostBeside = 0.5

/**
 * Where a page holds its text twice, as for narrow screens and for wide ones, gives up the second.
 * @param kept 1 by the index of a passage's block where it was judged to belong to the article; changed.
 */
export function giveUpRepeated({ blocks, passages }: PassageTree, kept: Uint8Array): void {
  const sentences = passages.filter(({ index, flowText }) => kept[index] === 1 && flowText >= sentenceColumns)
  const originals = originalsOf(sentences)
  const isCopy = new Set(sentences.filter((_, place) => (originals[place] ?? -1) >= 0))
  let besideUpTo: Float64Array | undefined
  for (let start = 0; start < sentences.length; start++) {
    const original = sentences[originals[start] ?? -1]
    if (original === undefined) continue
    const run = sentences.slice(start, runEnd(originals, start))
    start += run.length - 1
    if (run.length < leastRepeated) continue
    const { index: first, end } = copyAround(blocks, run[0] ?? original, original)
    besideUpTo ??= sumBeside(blocks, kept, isCopy)
    const beside = (besideUpTo[end] ?? 0) - (besideUpTo[first] ?? 0)
    if (beside < mostBeside * textOf(run)) kept.fill(0, first, end)
    else for (const { index } of run) kept[index] = 0
  }
}

/** By index of a block: how much text before it was kept and is no copy. */
function sumBeside(blocks: readonly Block[], kept: Uint8Array, isCopy: ReadonlySet<Block>): Float64Array {
  const sums = new Float64Array(blocks.length + 1)
  for (const block of blocks) {
    const isBeside = kept[block.index] === 1 && !isCopy.has(block)
    sums[block.index + 1] = (sums[block.index] ?? 0) + (isBeside ? block.flowText : 0)
  }
  return sums
}

/** After the last passage that follows in the same order as what is repeated. */
function runEnd(originals: readonly number[], start: number): number {
  const shift = start - (originals[start] ?? 0)
  let end = start + 1
  while (originals[end] === end - shift) end++
  return end
}

/** For each passage the place of the first with the same text; -1 where that is itself. */
function originalsOf(sentences: readonly Block[]): number[] {
  const measures = sentences.map(measureOf)
  const counts = new Map<number, number>()
  for (const measure of measures) counts.set(measure, (counts.get(measure) ?? 0) + 1)
  const places = new Map<string, number>()
  return sentences.map((passage, place) => {
    if (counts.get(measures[place] ?? 0) === 1) return -1
    const text = passageText(passage)
    const original = places.get(text)
    if (original === undefined) places.set(text, place)
    return original ?? -1
  })
}

/** The same for equal texts, seldom for others, and known already. */
const measureOf = ({ flowText, flowWords, flowCommas, flowCapitals }: Block): number =>
  flowText + 1e4 * flowWords + 1e8 * flowCommas + 1e11 * flowCapitals

/** The outermost element around the run's first passage that does not hold what the run repeats. */
function copyAround(blocks: readonly Block[], first: Block, original: Block): Block {
  let around = first
  for (
    let parent = blocks[first.parent];
    parent !== undefined && parent.index > original.index;
    parent = blocks[parent.parent]
  )
    around = parent
  return around
}

const textOf = (passages: readonly Block[]): number =>
  passages.reduce((sum, { flowText }) => sum + flowText, 0)
