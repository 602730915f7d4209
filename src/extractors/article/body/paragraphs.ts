import { type ChildNode, Element } from 'domhandler'
import { isElement, isWords } from '../../elements.ts'
import { isBlockTag } from '../element-text.ts'

/** Block-level elements that mean something in a text; all others are boxes of the page's layout. */
const textTags = new Set(
  `p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption table caption thead tbody tfoot tr
  td th hr`.split(/\s+/),
)

const edgeName = 'box-edge'

/** True for a box of the layout, such as `div`: its text is paragraphs, the box itself says nothing. */
export const isBox = (name: string): boolean => isBlockTag(name) && !textTags.has(name)

/** Marks where a box began or ended, so that text before and after it stays apart. */
export const boxEdge = (): Element => new Element(edgeName, {})

/**
 * Wraps what stands loose between block-level elements into paragraphs: runs of text and inline elements, parted
 * at edges of boxes and at double line breaks.
 */
export function wrapParagraphs(nodes: readonly ChildNode[]): ChildNode[] {
  const wrapped: ChildNode[] = []
  let run: ChildNode[] = []
  const closeRun = (): void => {
    const paragraph = trimmed(run)
    if (paragraph.length > 0) wrapped.push(new Element('p', {}, paragraph))
    run = []
  }
  let breaks = 0
  for (const node of nodes) {
    if (isBreak(node)) breaks++
    else if (!isBlank(node)) {
      if (breaks > 1 || !isLoose(node)) closeRun()
      breaks = 0
    }
    if (isLoose(node)) run.push(node)
    else if (!isEdge(node)) wrapped.push(node)
  }
  closeRun()
  return wrapped
}

/** Turns edges within elements that stay, such as list items, into line breaks. */
export function breakAtEdges(nodes: readonly ChildNode[]): ChildNode[] {
  const broken: ChildNode[] = []
  let isBreakDue = false
  for (const node of nodes) {
    if (isEdge(node)) {
      isBreakDue = broken.length > 0
      continue
    }
    if (isBreakDue && isBlank(node)) continue
    if (isBreakDue) broken.push(new Element('br', {}))
    isBreakDue = false
    broken.push(node)
  }
  return broken
}

/** Without line breaks and white space at the ends. */
function trimmed(run: readonly ChildNode[]): ChildNode[] {
  const isSaying = (node: ChildNode): boolean => !isBreak(node) && !isBlank(node)
  return run.slice(Math.max(0, run.findIndex(isSaying)), run.findLastIndex(isSaying) + 1)
}

const isBlank = (node: ChildNode): boolean => isWords(node) && node.data.trim() === ''
const isEdge = (node: ChildNode): boolean => isElement(node) && node.name === edgeName
const isBreak = (node: ChildNode): boolean => isElement(node) && node.name === 'br'

/** Text and inline elements that hold no block-level one. */
function isLoose(node: ChildNode): boolean {
  if (!isElement(node)) return true
  const open: Element[] = [node]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (isBlockTag(element.name) && element.name !== 'br') return false
    for (const child of element.children) if (isElement(child)) open.push(child)
  }
  return true
}
