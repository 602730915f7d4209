import { type AnyNode, type ChildNode, Element, Text } from 'domhandler'
import { isElement, isWords } from '../../elements.ts'
import { htmlToText } from '../../../normalise/html.ts'
import { sanitiseNodes } from '../../../normalise/sanitise-nodes.ts'
import { boxEdge, breakAtEdges, isBox, wrapParagraphs } from './paragraphs.ts'
import { isFigureContent } from './figure-content.ts'
import { isUnnumbered, numberItems } from './list-numbers.ts'
import { withoutMetaLines } from './meta-paragraphs.ts'
import { isNoteMarker } from './note-markers.ts'
import type { Block } from '../page-outline.ts'
import type { Selection } from './selection.ts'
import { isUnreadTag } from '../element-text.ts'

/** The text of an article in both forms. */
export interface Body {
  readonly text: string
  readonly html: string
}

/** Serialisers recurse: what is nested deeper than this is lifted to this level. */
const deepestCopy = 200
const longestCaption = 600
const longestText = 1_000_000
const captionTags = new Set(['figure', 'figcaption'])
const headingTag = /^h[1-6]$/

/** Copies what was selected of a page; the page itself is left as it is. */
export function cleanBody(selection: Selection, blocks: readonly Block[], baseUrl: string): Body {
  const rules: CopyRules = { textLeft: longestText, selection, captionOf: captionRule(blocks) }
  const copies = selection.roots.flatMap((root) => copyBlock(root, blocks, rules))
  const body = new Element('div', {}, withoutMetaLines(wrapParagraphs(copies)))
  link(body)
  dropTrailingHeadings(body)
  const html = sanitiseNodes(body.children, baseUrl)
  detachUntold(body)
  numberItems(body)
  return { text: htmlToText(body.children), html }
}

interface Open {
  readonly copy: Element
  readonly source: Element
  readonly isTextKept: boolean
  /** The source is a box whose children go straight into the copy of what is around it. */
  readonly isUnwrapped: boolean
}

/** What happens to a block on the way into the copy. */
interface CopyRules {
  /** Characters of text that may still be copied: of more than is kept of an article nothing is worth its time. */
  textLeft: number
  readonly selection: Selection
  readonly captionOf: (block: Block) => 'figure' | 'figcaption' | null
}

/** Pictures with their words become figures by whatever name they go. */
function captionRule(blocks: readonly Block[]): CopyRules['captionOf'] {
  return (block) => {
    if (block.flow !== block.index || !block.kind.isCaption) return null
    const inside = blocks.slice(block.index, block.end)
    if (inside.reduce((sum, { ownText }) => sum + ownText, 0) > longestCaption) return null
    const holdsImage = inside.some(({ node }) => node.name === 'img')
    return holdsImage ? 'figure' : 'figcaption'
  }
}

function copyBlock(root: Block, blocks: readonly Block[], rules: CopyRules): ChildNode[] {
  const top = new Element('div', {}, [boxEdge()])
  const { isLeftOut, isTextKept } = rules.selection
  const open: Open[] = [openCopy(top, root, 0, { caption: null, isTextKept: isTextKept(root) })]
  let next = root.index + 1
  let node: AnyNode | null = root.node.firstChild
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    if (node === null) {
      closeCopy(current)
      node = current.source.nextSibling
      open.pop()
      continue
    }
    let inside: AnyNode | null | undefined
    if (isWords(node)) {
      if (current.isTextKept) copyText(node.data, current.copy, rules)
    } else if (isElement(node) && !isUnreadTag(node.name)) {
      const block: Block | undefined = blocks[next]
      if (block === undefined) break
      const isKept = !isLeftOut(block)
      next = isKept ? next + 1 : block.end
      if (isKept) {
        const caption = rules.captionOf(block)
        open.push(openCopy(current.copy, block, open.length, { caption, isTextKept: isTextKept(block) }))
        inside = node.firstChild
      }
    }
    node = inside === undefined ? node.nextSibling : inside
  }
  return top.children
}

function copyText(data: string, copy: Element, rules: CopyRules): void {
  const text = data.slice(0, rules.textLeft)
  if (text !== '') copy.children.push(new Text(text))
  rules.textLeft -= text.length
}

interface CopyPlan {
  readonly caption: string | null
  readonly isTextKept: boolean
}

function openCopy(parent: Element, block: Block, depth: number, plan: CopyPlan): Open {
  const { node } = block
  const { caption, isTextKept } = plan
  const isLayout = isBox(node.name) && caption === null
  const isUnwrapped = depth >= deepestCopy || (isLayout && block.flowBlocks + block.flowBreaks > 0)
  if (isUnwrapped) {
    parent.children.push(boxEdge())
    return { copy: parent, source: node, isTextKept, isUnwrapped }
  }
  const copy = new Element(caption ?? (isLayout ? 'p' : node.name), keptAttributes(node))
  if (node.name === 'ol' && isUnnumbered(block.names)) copy.attribs['type'] = 'none'
  parent.children.push(copy)
  return { copy, source: node, isTextKept, isUnwrapped }
}

function closeCopy({ copy, isUnwrapped }: Open): void {
  if (isUnwrapped) copy.children.push(boxEdge())
  else
    copy.children = copy.name === 'blockquote' ? wrapParagraphs(copy.children) : breakAtEdges(copy.children)
}

const keptNames = [
  'href',
  'src',
  'data-src',
  'data-original',
  'alt',
  'data-author',
  'data-ref',
  'colspan',
  'rowspan',
  'start',
  'reversed',
  'type',
]

function keptAttributes({ attribs }: Element): Element['attribs'] {
  const kept: Element['attribs'] = {}
  for (const name of keptNames) if (attribs[name] !== undefined) kept[name] = attribs[name]
  return kept
}

/** A heading that nothing follows announces a box that was dropped. */
function dropTrailingHeadings(body: Element): void {
  for (let last = lastWithText(body); last !== null; last = lastWithText(body)) {
    let heading: Element | null = null
    for (let node: AnyNode | null = last; node !== null && node !== body; node = node.parent) {
      if (isElement(node) && headingTag.test(node.name)) heading = node
    }
    if (heading === null) return
    remove(heading)
  }
}

function lastWithText(root: Element): AnyNode | null {
  let node: AnyNode | null = root.lastChild
  while (node !== null && node !== root) {
    if (isWords(node) && node.data.trim() !== '') return node
    if (isElement(node) && node.lastChild !== null) {
      node = node.lastChild
      continue
    }
    while (node !== null && node !== root && node.previousSibling === null) node = node.parent
    if (node === null || node === root) return null
    node = node.previousSibling
  }
  return null
}

/** Captions belong to the pictures, which the text has none of, and markers to notes. */
function detachUntold(body: Element): void {
  const open: Element[] = [body]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    for (const child of element.children.filter((node) => isElement(node))) {
      if ((captionTags.has(child.name) && !holdsText(child)) || isNoteMarker(child)) remove(child)
      else open.push(child)
    }
  }
}

/** A figure of a table, a quotation or code, which stay without their caption. */
function holdsText(figure: Element): boolean {
  if (figure.name !== 'figure') return false
  const open: Element[] = [figure]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    for (const child of element.children) {
      if (!isElement(child)) continue
      if (isFigureContent(child.name)) return true
      open.push(child)
    }
  }
  return false
}

function remove(node: Element): void {
  const siblings = node.parent?.children
  siblings?.splice(siblings.indexOf(node), 1)
  if (node.previousSibling !== null) node.previousSibling.nextSibling = node.nextSibling
  if (node.nextSibling !== null) node.nextSibling.previousSibling = node.previousSibling
}

/** Sets the parent and sibling references that children lists alone do not have. */
function link(root: Element): void {
  const open: Element[] = [root]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    let previous: ChildNode | null = null
    for (const child of element.children) {
      child.parent = element
      child.previousSibling = previous
      child.nextSibling = null
      if (previous !== null) previous.nextSibling = child
      previous = child
      if (isElement(child)) open.push(child)
    }
  }
}
