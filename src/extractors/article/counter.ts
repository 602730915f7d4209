import type { Element } from 'domhandler'
import { textOf } from './element-text.ts'
import { isCount } from './meta-line.ts'
import type { Block } from './page-outline.ts'

const longestCounter = 60
const mostElements = 60
const counterWords =
  /(?:^|[\s_-])(?:views?|viewed|hits|reads|comments?|comms?|commnum|shar(?:e|es|ing)|likes?|dislikes?|votes?|rat(?:e|es|ing|ings|ig)|ratingtype\w*)(?:$|[\s_-])/
const commentTarget = /#(?:comments?|respond|disqus_thread|dle-comments?[\w-]*)$/

/**
 * True for an element that counts comments, views, votes or shares: these change while the article does not.
 * The block may be inline.
 */
export function isCounter(block: Block, blocks: readonly Block[], columns: number): boolean {
  if (columns > longestCounter || block.end - block.index > mostElements) return false
  if (isCommentCounter(block.node)) return true
  if (counterWords.test(block.names) && isCount(textOf(block.node))) return true
  if (block.flow !== block.index || block.flowBlocks > 0) return false
  return blocks.slice(block.index + 1, block.end).some(({ node }) => isCommentCounter(node))
}

/** DataLife Engine's counter has an id in every skin; elsewhere a number leads to the comments. */
function isCommentCounter(node: Element): boolean {
  if (node.name !== 'a') return false
  if (node.attribs['id'] === 'dle-comm-link') return true
  return commentTarget.test(node.attribs['href'] ?? '') && isCount(textOf(node))
}
