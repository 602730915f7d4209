import type { AnyNode } from 'domhandler'
import { type Measured, measureBlocks } from './boilerplate.ts'
import type { Block, PageOutline } from '../page-outline.ts'
import { headlineOf } from '../headline.ts'

/** Where the main text of a page is: blocks in page order that hold it together, nothing dropped from them yet. */
export interface MainText {
  readonly roots: readonly Block[]
  readonly measured: Measured
  readonly rule: 'layout' | 'opening-post' | 'microdata' | 'heuristic'
}

const scoredColumns = 25
const shortTextColumns = 250
/** What the nearest container and those around it get of a paragraph's points. */
const sharesByLevel = [1, 1 / 2, 1 / 6, 1 / 9, 1 / 12]
const widenedShare = 0.4
const widenedLinkDensity = 0.2
const tagScores: Readonly<Record<string, number>> = {
  article: 10,
  div: 5,
  section: 5,
  main: 5,
  pre: 3,
  td: 3,
  blockquote: 3,
  address: -3,
  ol: -3,
  ul: -3,
  dl: -3,
  form: -3,
  li: -3,
  th: -5,
}

/**
 * Finds the main text by the way of Readability: every paragraph gives points for its length and commas to its
 * ancestors, links take points away, and siblings of the winner that look like it are taken with it.
 */
export function findMainText(outline: PageOutline): MainText | null {
  const strict = findWith(outline, measureBlocks(outline, 'strict'))
  if (strict !== null && textLength(strict) >= shortTextColumns) return strict
  const lenient = findWith(outline, measureBlocks(outline, 'lenient'))
  if (lenient === null) return strict
  if (strict === null) return lenient
  return textLength(lenient) > 3 * textLength(strict) ? lenient : strict
}

function textLength({ roots, measured }: MainText): number {
  return roots.reduce((sum, root) => sum + (measured.text[root.index] ?? 0), 0)
}

function findWith(outline: PageOutline, measured: Measured): MainText | null {
  const scores = scoreBlocks(outline.blocks, measured)
  const around = headlineArticle(outline, measured)
  const best = bestOf(outline.blocks, scores, around) ?? bestOf(outline.blocks, scores, null)
  if (best === null) return topLevelText(outline.blocks, measured)
  const top = widen(outline.blocks, measured, climb(outline.blocks, scores, best))
  const rule = /articleBody/.test(top.node.attribs['itemprop'] ?? '') ? 'microdata' : 'heuristic'
  return { roots: withSiblings(outline.blocks, measured, scores, top), measured, rule }
}

/** Pages without `html` and `body` have no element around their paragraphs. */
function topLevelText(blocks: readonly Block[], measured: Measured): MainText | null {
  const roots = blocks.filter(({ index, parent }) => parent < 0 && measured.dropped[index] === 0)
  return roots.some(isParagraph) ? { roots, measured, rule: 'heuristic' } : null
}

/** The main text where a rule says that it is; null when the page has none of these elements. */
export function mainTextWithin(
  outline: PageOutline,
  elements: ReadonlySet<AnyNode>,
  rule: MainText['rule'],
): MainText | null {
  const roots: Block[] = []
  let end = 0
  for (const block of outline.blocks) {
    if (block.index < end || !elements.has(block.node)) continue
    roots.push(block)
    end = block.end
  }
  return roots.length === 0 ? null : { roots, measured: measureBlocks(outline, 'lenient'), rule }
}

function scoreBlocks(blocks: readonly Block[], measured: Measured): Float64Array {
  const points = new Float64Array(blocks.length)
  let end = 0
  for (const block of blocks) {
    if (block.index < end) continue
    if (measured.dropped[block.index] === 1) end = block.end
    else if (isParagraph(block)) givePoints(blocks, block, points)
  }
  for (const block of blocks) {
    const given = points[block.index] ?? 0
    if (given > 0) points[block.index] = finalScore(block, given, measured)
  }
  return points
}

const isParagraph = (block: Block): boolean =>
  block.flow === block.index &&
  block.flowText - block.flowLinkText >= scoredColumns &&
  !/^h[1-6]$/.test(block.node.name)

/** A box that holds several lines or blocks is a container itself; what is one paragraph gives to its parent. */
function givePoints(blocks: readonly Block[], block: Block, points: Float64Array): void {
  const given = 1 + block.flowCommas + Math.min((block.flowText - block.flowLinkText) / 100, 3)
  const isContainer = block.flowBreaks + block.flowBlocks > 1 && block.node.name !== 'p'
  let receiver = isContainer ? block : flowParent(blocks, block)
  for (const share of sharesByLevel) {
    if (receiver === null) return
    points[receiver.index] = (points[receiver.index] ?? 0) + given * share
    receiver = flowParent(blocks, receiver)
  }
}

function finalScore(block: Block, points: number, measured: Measured): number {
  return (
    (points + (tagScores[block.node.name] ?? 0) + nameScore(block)) * (1 - linkDensity(measured, block.index))
  )
}

function nameScore(block: Block): number {
  if (block.node.attribs['itemprop']?.includes('articleBody') === true) return 50
  if (block.kind.isBody) return 25
  return block.kind.isBoilerplate ? -25 : 0
}

function flowParent(blocks: readonly Block[], block: Block): Block | null {
  const parent = blocks[block.parent]
  return parent === undefined ? null : (blocks[parent.flow] ?? null)
}

/** The `article` element around the headline, when it holds text: others on the page are other articles. */
function headlineArticle(outline: PageOutline, { prose }: Measured): Block | null {
  const { blocks } = outline
  let around: Block | null = headlineOf(outline)
  while (around !== null && around.node.name !== 'article') around = blocks[around.parent] ?? null
  return around !== null && (prose[around.index] ?? 0) >= shortTextColumns ? around : null
}

function bestOf(blocks: readonly Block[], scores: Float64Array, within: Block | null): Block | null {
  let best: Block | null = null
  for (const block of within === null ? blocks : blocks.slice(within.index, within.end)) {
    const score = scores[block.index] ?? 0
    if (score > 0 && score > (best === null ? 0 : (scores[best.index] ?? 0))) best = block
  }
  return best
}

/** A parent that scores more than its best child holds text that the child lacks. */
function climb(blocks: readonly Block[], scores: Float64Array, best: Block): Block {
  let top = best
  let last = scores[best.index] ?? 0
  const threshold = last / 3
  for (let parent = flowParent(blocks, best); parent !== null; parent = flowParent(blocks, parent)) {
    const score = scores[parent.index] ?? 0
    if (score === 0) continue
    if (score < threshold || parent.node.name === 'body') break
    if (score > last) {
      top = parent
      break
    }
    last = score
  }
  return top
}

/** Advertisements cut texts into several containers: the element around them holds clearly more sentences. */
function widen(blocks: readonly Block[], { text, linkText, prose }: Measured, start: Block): Block {
  let top = start
  for (
    let parent = flowParent(blocks, start);
    parent !== null && !isFrame(parent);
    parent = flowParent(blocks, parent)
  ) {
    const inner = prose[top.index] ?? 0
    const gained = (prose[parent.index] ?? 0) - inner
    const gainedText = (text[parent.index] ?? 0) - (text[top.index] ?? 0)
    const gainedLinks = (linkText[parent.index] ?? 0) - (linkText[top.index] ?? 0)
    const density = gainedLinks / Math.max(1, gainedText)
    if (gained >= inner * widenedShare && density < widenedLinkDensity) top = parent
    if (parent.node.name === 'article') break
  }
  return top
}

const isFrame = ({ node }: Block): boolean => node.name === 'body' || node.name === 'html'

function withSiblings(
  blocks: readonly Block[],
  measured: Measured,
  scores: Float64Array,
  top: Block,
): Block[] {
  const parent = blocks[top.parent]
  if (parent === undefined) return [top]
  const threshold = Math.max(10, (scores[top.index] ?? 0) * 0.2)
  const roots: Block[] = []
  let end = parent.index + 1
  for (const sibling of blocks.slice(parent.index + 1, parent.end)) {
    if (sibling.index < end) continue
    end = sibling.end
    const isDropped = measured.dropped[sibling.index] === 1
    if (sibling === top || (!isDropped && belongsTo(top, sibling, measured, scores, threshold)))
      roots.push(sibling)
  }
  return roots
}

function belongsTo(
  top: Block,
  sibling: Block,
  measured: Measured,
  scores: Float64Array,
  threshold: number,
): boolean {
  const bonus = top.names !== '' && sibling.names === top.names ? (scores[top.index] ?? 0) * 0.2 : 0
  const score = scores[sibling.index] ?? 0
  if (score > 0 && score + bonus >= threshold) return true
  if (sibling.node.name !== 'p') return false
  const density = linkDensity(measured, sibling.index)
  const text = measured.text[sibling.index] ?? 0
  return text > 80 ? density < 0.25 : text > 0 && density === 0
}

function linkDensity({ text, linkText }: Measured, index: number): number {
  return (linkText[index] ?? 0) / Math.max(1, text[index] ?? 0)
}
