import type { AnyNode } from 'domhandler'
import { isNotice, isPromotion, type Measured } from './boilerplate.ts'
import { isByline } from '../byline.ts'
import { comparable } from '../comparable-text.ts'
import { isCounter } from '../counter.ts'
import { textOf } from '../element-text.ts'
import type { MainText } from './main-text.ts'
import { articleAround, isAnnouncedAfter } from './other-articles.ts'
import type { Block } from '../page-outline.ts'

/** What the page says elsewhere and the body must not repeat, and boxes that a layout names. */
export interface Exclusions {
  readonly title: string | null
  readonly dropped: ReadonlySet<AnyNode>
  /** Index of the headline's block; -1 when there is none. */
  readonly headline: number
}

const longestNotice = 400
const sentenceColumns = 80
/** A larger share of the page's sentences is kept, whatever hides it or is told of it: scripts may show it. */
const unshownShare = 0.3
const headingTag = /^h[1-6]$/
/** "Pages: 1 2 3" below an article that is split. */
const pageLinks = /^(?:\p{L}{2,12}\s?:\s{0,2})?1(?:\s{1,4}\d{1,3})+$/u

/** True for blocks that are left out with all that they hold. */
export type Rule = (block: Block) => boolean

/**
 * What certainly is no part of the article: a repeated title, counters, notices, comments, lines that lead elsewhere,
 * what is not shown, boxes about the writer or about reprinting, boxes that a layout names.
 */
export function certainExclusions(
  { measured }: MainText,
  blocks: readonly Block[],
  { title, dropped, headline }: Exclusions,
): Rule {
  const comparableTitle = comparable(title ?? '')
  const mostUnshown = unshownShare * (measured.prose[0] ?? 0)
  const article = articleAround(blocks, headline)
  return (block) =>
    dropped.has(block.node) ||
    (isSetApart(block) && (measured.prose[block.index] ?? 0) <= mostUnshown) ||
    (measured.dropped[block.index] === 1 && block.kind.isCommentSection) ||
    isRepeatedTitle(block, comparableTitle) ||
    isCounter(block, blocks, measured.text[block.index] ?? 0) ||
    isNoticeOrPromotion(block, measured) ||
    (article !== null && isAnnouncedAfter(blocks, article, block))
}

const isSetApart = ({ kind }: Block): boolean => kind.isUnshown || kind.isApart

/** What of the main text is likely no part of the article: author and date above it, boxes of links. */
export function likelyExclusions(main: MainText, blocks: readonly Block[]): Rule {
  const firstSentences = firstProse(main, blocks)
  return (block) =>
    main.measured.dropped[block.index] === 1 ||
    (block.index < firstSentences && isByline(block, blocks)) ||
    isClutter(block, main)
}

/** Short notices, and lines that only lead elsewhere. */
function isNoticeOrPromotion(block: Block, { text, linkText }: Measured): boolean {
  const { index, flow, flowText, node } = block
  if (flow !== index || flowText === 0 || (text[index] ?? 0) > longestNotice) return false
  const words = textOf(node).trim().slice(0, longestNotice)
  return isNotice(words) || ((linkText[index] ?? 0) > 0 && (isPromotion(words) || pageLinks.test(words)))
}

/** Where the first block of sentences is: author and date stand above it. */
function firstProse({ roots }: MainText, blocks: readonly Block[]): number {
  const start = roots[0]?.index ?? 0
  const end = roots.at(-1)?.end ?? 0
  const first = blocks
    .slice(start, end)
    .find(
      ({ node, flowText, flowLinkText }) =>
        flowText - flowLinkText >= sentenceColumns && !headingTag.test(node.name),
    )
  return first?.index ?? end
}

function isRepeatedTitle(block: Block, title: string): boolean {
  if (title === '' || !headingTag.test(block.node.name)) return false
  const heading = comparable(textOf(block.node))
  return (
    heading === title || (block.node.name === 'h1' && (title.includes(heading) || heading.includes(title)))
  )
}

/** Boxes of links. */
function isClutter(block: Block, { measured }: MainText): boolean {
  const { index } = block
  const text = measured.text[index] ?? 0
  const linkText = measured.linkText[index] ?? 0
  if (block.flow !== index || text === 0) return false
  return isLinkBox(block, text, linkText, measured.items[index] ?? 0)
}

const boxTags = new Set(['div', 'section', 'ul', 'ol', 'table', 'header', 'dl'])

function isLinkBox(block: Block, text: number, linkText: number, items: number): boolean {
  const density = linkText / text
  if (block.node.name === 'p') return density > 0.9 && text > 15 && text < 200
  if (!boxTags.has(block.node.name)) return false
  if (items > 2 || block.node.name !== 'div') return density > 0.65
  return density > 0.5 && text < 1000
}
