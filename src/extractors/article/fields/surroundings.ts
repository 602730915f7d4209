import type { Block, PageOutline } from '../page-outline.ts'

const mostAfter = 60
const mostBefore = 40
const highestBox = 6

const teaserNames =
  /(?:^|[\s_-])(?:related\w*|teasers?|recommend\w*|side-?bar|latest|popular|trending|more-\w+|read-?(?:more|next)|recent\w*)(?:$|[\s_-])/

/** The blocks of a page seen from its headline: what follows it, and what comes before. */
export interface Surroundings {
  readonly blocks: readonly Block[]
  /** Index of the headline; -1 when there is none. */
  readonly headline: number
  /** After the headline first, then before; without comments, menus and the foot of the page. */
  readonly around: readonly Block[]
  /** How many of `around` are after the headline. */
  readonly after: number
}

/** Looks at the page from its headline; without one, all of it is "after". */
export function surroundingsOf({ blocks }: PageOutline, headline: Block | null): Surroundings {
  const after: Block[] = []
  const before: Block[] = []
  let end = 0
  for (const block of blocks) {
    const { index } = block
    if (index < end) continue
    const holdsHeadline = headline !== null && headline.index > index && headline.index < block.end
    if (isOther(block, blocks) && !holdsHeadline) end = block.end
    else if (headline === null || index > headline.index) after.push(block)
    else before.push(block)
  }
  return { blocks, headline: headline?.index ?? -1, around: [...after, ...before], after: after.length }
}

/** The nearest blocks: those after the headline, then those before it from the nearest on. */
export function nearHeadline({ around, after }: Surroundings): Block[] {
  return [
    ...around.slice(0, Math.min(after, mostAfter)),
    ...around.slice(after).slice(-mostBefore).toReversed(),
  ]
}

/** True for a block in a box about other articles, which never holds the headline. */
export function isInTeaser(block: Block, { blocks, headline }: Surroundings): boolean {
  const isNear = headline >= 0 && Math.abs(block.index - headline) <= mostAfter
  let around: Block | undefined = block
  for (let level = 0; around !== undefined && level <= highestBox; level++) {
    if (headline >= around.index && headline < around.end) return false
    if (teaserNames.test(around.names) || (around.node.name === 'aside' && !isNear)) return true
    around = blocks[around.parent]
  }
  return false
}

/** Comment sections, and what stands at the rims of a page; an article has a foot of its own. */
function isOther({ kind, node, parent }: Block, blocks: readonly Block[]): boolean {
  if (node.name === 'nav') return true
  if (node.name === 'footer') return !isArticleBox(blocks[parent])
  return node.name !== 'body' && kind.isCommentSection
}

const isArticleBox = (block: Block | undefined): boolean =>
  block !== undefined &&
  (block.node.name === 'article' || /(?:^|[\s_-])(?:article|post|entry|story|content)/.test(block.names))
