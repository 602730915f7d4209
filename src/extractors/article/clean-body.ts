import { type AnyNode, type ChildNode, Element, Text, isTag, isText } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { htmlToText, sanitiseHtml } from '../../normalise/html.ts'
import { isCaptionName, isNotice, isPromotion } from './boilerplate.ts'
import { boxEdge, breakAtEdges, isBox, wrapParagraphs } from './paragraphs.ts'
import type { MainText } from './main-text.ts'
import type { Block } from './page-outline.ts'
import { isUnreadTag, textOf } from './element-text.ts'

/** The text of an article in both forms. */
export interface Body {
  readonly text: string
  readonly html: string
}

/** What the page says elsewhere and the body must not repeat, and boxes that a layout names. */
export interface Exclusions {
  readonly title: string | null
  readonly dropped: ReadonlySet<AnyNode>
  readonly baseUrl: string
}

/** Serialisers recurse: what is nested deeper than this is lifted to this level. */
const deepestCopy = 200
const captionTags = new Set(['figure', 'figcaption'])
const headingTag = /^h[1-6]$/

/** Copies the main text without what does not belong to it; the page itself is left as it is. */
export function cleanBody(main: MainText, blocks: readonly Block[], exclusions: Exclusions): Body {
  const copies = main.roots.flatMap((root) => [boxEdge(), ...copyBlock(root, main, blocks, exclusions)])
  const body = new Element('div', {}, wrapParagraphs(copies))
  link(body)
  dropTrailingHeadings(body)
  const html = sanitiseHtml(getOuterHTML(body.children), exclusions.baseUrl)
  detachCaptions(body)
  return { text: htmlToText(body.children), html }
}

interface Open {
  readonly copy: Element
  readonly source: Element
  /** The source is a box whose children go straight into the copy of what is around it. */
  readonly isUnwrapped: boolean
}

function copyBlock(
  root: Block,
  main: MainText,
  blocks: readonly Block[],
  exclusions: Exclusions,
): ChildNode[] {
  const title = comparable(exclusions.title ?? '')
  const isLeftOut = (block: Block): boolean =>
    main.measured.dropped[block.index] === 1 ||
    exclusions.dropped.has(block.node) ||
    isRepeatedTitle(block, title) ||
    isClutter(block, main)
  const top = new Element('div', {})
  const open: Open[] = [openCopy(top, root, 0)]
  let next = root.index + 1
  let node: AnyNode | null = root.node.firstChild
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    if (node === null) {
      closeCopy(current)
      node = current.source.nextSibling
      open.pop()
      continue
    }
    let goesDown = false
    if (isText(node)) {
      current.copy.children.push(new Text(node.data))
    } else if (isTag(node) && !isUnreadTag(node.name)) {
      const block: Block | undefined = blocks[next]
      if (block === undefined) break
      goesDown = !isLeftOut(block)
      next = goesDown ? next + 1 : block.end
      if (goesDown) open.push(openCopy(current.copy, block, open.length))
    }
    node = goesDown ? (node as Element).firstChild : node.nextSibling
  }
  return top.children
}

function openCopy(parent: Element, block: Block, depth: number): Open {
  const { node } = block
  const isCaption = block.flow === block.index && isCaptionName(block.names)
  const isUnwrapped =
    depth >= deepestCopy || (isBox(node.name) && !isCaption && (block.flowBlocks > 0 || block.flowBreaks > 1))
  if (isUnwrapped) {
    parent.children.push(boxEdge())
    return { copy: parent, source: node, isUnwrapped }
  }
  const copy = new Element(
    isCaption ? 'figcaption' : isBox(node.name) ? 'p' : node.name,
    keptAttributes(node),
  )
  parent.children.push(copy)
  return { copy, source: node, isUnwrapped }
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
]

function keptAttributes({ attribs }: Element): Element['attribs'] {
  const kept: Element['attribs'] = {}
  for (const name of keptNames) if (attribs[name] !== undefined) kept[name] = attribs[name]
  return kept
}

function isRepeatedTitle(block: Block, title: string): boolean {
  if (title === '' || !headingTag.test(block.node.name)) return false
  const heading = comparable(textOf(block.node))
  return (
    heading === title || (block.node.name === 'h1' && (title.includes(heading) || heading.includes(title)))
  )
}

/** Boxes of links, and short notices. */
function isClutter(block: Block, { measured }: MainText): boolean {
  const { index } = block
  const text = measured.text[index] ?? 0
  const linkText = measured.linkText[index] ?? 0
  if (block.flow !== index || text === 0) return false
  if (block.flowText > 0 && text <= 300) {
    const words = textOf(block.node)
    if (isNotice(words) || (linkText > 0 && isPromotion(words))) return true
  }
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

/** A heading that nothing follows announces a box that was dropped. */
function dropTrailingHeadings(body: Element): void {
  for (let last = lastWithText(body); last !== null; last = lastWithText(body)) {
    let heading: Element | null = null
    for (let node: AnyNode | null = last; node !== null && node !== body; node = node.parent) {
      if (isTag(node) && headingTag.test(node.name)) heading = node
    }
    if (heading === null) return
    remove(heading)
  }
}

function lastWithText(root: Element): AnyNode | null {
  let node: AnyNode | null = root.lastChild
  while (node !== null && node !== root) {
    if (isText(node) && node.data.trim() !== '') return node
    if (isTag(node) && node.lastChild !== null) {
      node = node.lastChild
      continue
    }
    while (node !== null && node !== root && node.previousSibling === null) node = node.parent
    if (node === null || node === root) return null
    node = node.previousSibling
  }
  return null
}

/** Captions belong to the pictures, which the text has none of. */
function detachCaptions(body: Element): void {
  const open: Element[] = [body]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    for (const child of element.children.filter((node) => isTag(node))) {
      if (captionTags.has(child.name)) remove(child)
      else open.push(child)
    }
  }
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
      if (isTag(child)) open.push(child)
    }
  }
}

/** Letters and digits only, so that quotes, dashes and spaces do not tell two titles apart. */
const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
