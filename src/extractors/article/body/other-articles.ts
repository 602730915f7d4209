import { comparable } from '../comparable-text.ts'
import { textOf } from '../element-text.ts'
import type { Block } from '../page-outline.ts'
import { isPromotion } from './boilerplate.ts'

/** Columns of text from which on the headline's own element holds an article, and not only its head. */
const leastArticle = 400
const headingTag = /^h[1-4]$/
/** WordPress' `post_class()` gives each post its number. */
const postNumber = /(?:^|\s)post-(\d+)(?:\s|$)/

/**
 * Where the page goes on with further articles below its own, in elements of theirs and with headlines or numbers of
 * theirs, gives up what was kept of them.
 * @param kept 1 by the index of a passage's block where it was judged to belong to the article; changed.
 * @param headline index of the headline's block; -1 when there is none.
 */
export function giveUpOtherArticles(blocks: readonly Block[], kept: Uint8Array, headline: number): void {
  const own = articleAround(blocks, headline)
  if (own === null || keptText(blocks, kept, own) < leastArticle) return
  const title = comparable(textOf(blocks[headline]?.node ?? own.node))
  for (let index = kept.indexOf(1, own.end); index >= 0; index = kept.indexOf(1, index + 1)) {
    const other = articleAround(blocks, index)
    if (other === null) continue
    if (hasOtherNumber(own, other) || hasOwnHeadline(blocks, other, title))
      kept.fill(0, other.index, other.end)
  }
}

function keptText(blocks: readonly Block[], kept: Uint8Array, { index, end }: Block): number {
  return blocks.slice(index, end).reduce((sum, block) => sum + (kept[block.index] ?? 0) * block.flowText, 0)
}

/** The innermost `article` element around a block, itself included. */
export function articleAround(blocks: readonly Block[], index: number): Block | null {
  let block = blocks[index]
  while (block !== undefined && block.node.name !== 'article') block = blocks[block.parent]
  return block ?? null
}

/** A section after the page's own `article` that begins with a heading like "More from …". */
export function isAnnouncedAfter(
  blocks: readonly Block[],
  article: Block,
  { node, index, end }: Block,
): boolean {
  if (node.name !== 'section' || index < article.end) return false
  const first = blocks.slice(index + 1, end).find(({ flowText }) => flowText > 0)
  return first !== undefined && headingTag.test(first.node.name) && isPromotion(textOf(first.node).trim())
}

function hasOtherNumber(own: Block, other: Block): boolean {
  const [, number] = postNumber.exec(own.names) ?? []
  const [, otherNumber] = postNumber.exec(other.names) ?? []
  return number !== undefined && otherNumber !== undefined && number !== otherNumber
}

/** An `h1`, or a heading that leads to another page. */
function hasOwnHeadline(blocks: readonly Block[], { index, end }: Block, title: string): boolean {
  return blocks.slice(index, end).some(({ node, isInLink, ...block }) => {
    if (!headingTag.test(node.name) || comparable(textOf(node)) === title) return false
    return node.name === 'h1' || isInLink || leadsElsewhere(blocks.slice(block.index, block.end))
  })
}

const leadsElsewhere = (heading: readonly Block[]): boolean =>
  heading.some(({ node }) => node.name === 'a' && /^(?!#)./.test(node.attribs['href'] ?? ''))
