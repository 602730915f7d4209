import { isBylineName } from './boilerplate.ts'
import type { Block } from './page-outline.ts'
import { isProfileLink } from './profile-link.ts'

const longestByline = 120

/** A short line that is named after an author or date, holds one marked as such, or links an account. */
export function isByline(block: Block, blocks: readonly Block[]): boolean {
  if (block.flow !== block.index || block.flowText > longestByline || block.flowBlocks > 0) return false
  if (isBylineName(block.names)) return true
  return blocks.slice(block.index, block.end).some(({ node }) => {
    const { name, attribs } = node
    const isMarked = /^(?:author|date(?:Published|Modified))$/.test(attribs['itemprop'] ?? '')
    return name === 'time' || attribs['rel'] === 'author' || isMarked || isProfileLink(node)
  })
}
