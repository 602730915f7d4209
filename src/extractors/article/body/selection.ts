import type { MainText } from './main-text.ts'
import type { Block } from '../page-outline.ts'
import { isFigureContent } from './figure-content.ts'

/** What of a page is its article: where it lies, and what in there does not belong. */
export interface Selection {
  /** Blocks in page order that hold it together. */
  readonly roots: readonly Block[]
  /** True for blocks that go with all that they hold. */
  readonly isLeftOut: (block: Block) => boolean
  /** False where a block stays but the text directly in its flow does not. */
  readonly isTextKept: (block: Block) => boolean
}

/** The main text as the rules found it. */
export function ruledSelection({ roots }: MainText, isLeftOut: (block: Block) => boolean): Selection {
  return {
    roots: roots.length === 1 ? roots : roots.filter((root) => !isLeftOut(root)),
    isLeftOut,
    isTextKept: () => true,
  }
}

interface Verdicts {
  /** Not to be kept, however likely it was judged. */
  readonly isExcluded: (block: Block) => boolean
  /** Left out by the rules: decides on pictures, which were not judged. */
  readonly isLeftOut: (block: Block) => boolean
}

/** The passages that were judged to belong, with the pictures between them that the rules keep. */
export function judgedSelection(
  blocks: readonly Block[],
  kept: Uint8Array,
  { isExcluded, isLeftOut }: Verdicts,
): Selection {
  const before = keptBefore(kept)
  const pictures = picturesAround(blocks)
  const isPictureBlock = (block: Block): boolean => pictures[block.index] === block.index
  const first = kept.indexOf(1)
  const last = kept.lastIndexOf(1)
  const holdsKept = ({ index, end }: Block): boolean => (before[end] ?? 0) > (before[index] ?? 0)
  const isPicture = (block: Block): boolean =>
    block.index > first && block.index < last && isPictureBlock(block) && !isLeftOut(block)
  return {
    roots: blocksAround(blocks, first, last),
    isLeftOut: (block) => {
      if (isExcluded(block)) return true
      if (holdsKept(block) || isPicture(block)) return false
      const isInline = block.flow !== block.index
      return !(isInline && isPassageKept(block)) && !isInPicture(block)
    },
    isTextKept: (block) => isPassageKept(block) || isInPicture(block),
  }
  function isPassageKept({ flow }: Block): boolean {
    return kept[flow] === 1
  }
  function isInPicture({ index }: Block): boolean {
    const picture = blocks[pictures[index] ?? -1]
    return picture !== undefined && isPicture(picture)
  }
}

/** Index of the nearest picture around each block, itself included; -1 where there is none. */
function picturesAround(blocks: readonly Block[]): Int32Array {
  const around = new Int32Array(blocks.length)
  const others = figuresOfText(blocks)
  for (const block of blocks) {
    const { index, parent } = block
    const isPicture = mayBePicture(block) && !others.has(index)
    around[index] = isPicture ? index : parent < 0 ? -1 : (around[parent] ?? -1)
  }
  return around
}

/** Figures that hold tables, quotations or code, which are judged like any other text. */
function figuresOfText(blocks: readonly Block[]): ReadonlySet<number> {
  const found = new Set<number>()
  const around = new Int32Array(blocks.length)
  for (const { node, index, parent } of blocks) {
    const figure = parent < 0 ? -1 : (around[parent] ?? -1)
    around[index] = node.name === 'figure' ? index : figure
    if (figure >= 0 && isFigureContent(node.name)) found.add(figure)
  }
  return found
}

const mayBePicture = ({ node, kind, flow, index }: Block): boolean =>
  node.name === 'figure' ||
  node.name === 'img' ||
  node.name === 'picture' ||
  (flow === index && kind.isCaption)

/** How many kept passages there are before each index. */
function keptBefore(kept: Uint8Array): Int32Array {
  const before = new Int32Array(kept.length + 1)
  for (let index = 0; index < kept.length; index++)
    before[index + 1] = (before[index] ?? 0) + (kept[index] ?? 0)
  return before
}

/** The innermost block-level element around both blocks; several where a page has no element around everything. */
function blocksAround(blocks: readonly Block[], first: number, last: number): Block[] {
  let around = blocks[first]
  while (around !== undefined && last >= around.end) around = blocks[around.parent]
  if (around === undefined)
    return blocks.filter(({ parent, index, end }) => parent < 0 && end > first && index <= last)
  return [blocks[around.flow] ?? around]
}
