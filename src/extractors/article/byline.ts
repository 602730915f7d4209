import { textOf } from './element-text.ts'
import { metaLineOf } from './meta-line.ts'
import type { Block } from './page-outline.ts'
import { isProfileLink } from './profile-link.ts'

const longestByline = 120
const mostElements = 60

/**
 * A short line that is named after an author or date, holds one marked as such, links an account, or has a date and
 * nothing else but links and numbers.
 */
export function isByline(block: Block, blocks: readonly Block[]): boolean {
  if (block.flow !== block.index || block.flowText > longestByline || block.flowBlocks > 0) return false
  if (block.kind.isByline) return true
  const within = blocks.slice(block.index, block.end)
  if (isDateBesideLinks(block, within)) return true
  return within.some(({ node }) => {
    const { name, attribs } = node
    const isMarked = /^(?:author|date(?:Published|Modified))$/.test(attribs['itemprop'] ?? '')
    return name === 'time' || attribs['rel'] === 'author' || isMarked || isProfileLink(node)
  })
}

function isDateBesideLinks({ node, isInLink }: Block, within: readonly Block[]): boolean {
  if (isInLink || within.length > mostElements) return false
  const links = within.filter(({ node: { name } }) => name === 'a').map((link) => textOf(link.node))
  return metaLineOf(links.reduce((line, link) => line.replace(link, '|'), textOf(node))) !== null
}
