import { type AnyNode, type ChildNode, Element, Text, isTag, isText } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { htmlToText, sanitiseHtml } from '../../normalise/html.ts'
import { isCaptionName, isNotice, isPromotion } from './boilerplate.ts'
import type { MainText } from './main-text.ts'
import type { Block } from './page-outline.ts'
import { isUnreadTag, textOf } from './page-outline.ts'

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
  const copies: ChildNode[] = []
  for (const root of main.roots) {
    const copy = copyBlock(root, main, blocks, exclusions)
    if (copy !== null) copies.push(copy)
  }
  const body = new Element('div', {}, copies)
  link(body)
  dropTrailingHeadings(body)
  const html = sanitiseHtml(getOuterHTML(body.children), exclusions.baseUrl)
  detachCaptions(body)
  return { text: htmlToText(body.children), html }
}

function copyBlock(
  root: Block,
  main: MainText,
  blocks: readonly Block[],
  exclusions: Exclusions,
): Element | null {
  const title = comparable(exclusions.title ?? '')
  const isLeftOut = (block: Block): boolean =>
    main.measured.dropped[block.index] === 1 ||
    exclusions.dropped.has(block.node) ||
    isRepeatedTitle(block, title) ||
    isClutter(block, main)
  const top = new Element(root.node.name, { ...root.node.attribs })
  const open: { readonly copy: Element; readonly source: Element }[] = [{ copy: top, source: root.node }]
  let next = root.index + 1
  let node: AnyNode | null = root.node.firstChild
  while (open.length > 0) {
    const current = open.at(-1)
    if (node === null) {
      node = current?.source.nextSibling ?? null
      open.pop()
      continue
    }
    if (current === undefined) break
    let goesDown = false
    if (isText(node)) {
      current.copy.children.push(new Text(node.data))
    } else if (isTag(node) && !isUnreadTag(node.name)) {
      const block: Block | undefined = blocks[next]
      if (block === undefined) break
      if (isLeftOut(block)) {
        next = block.end
      } else {
        next++
        open.push({ copy: copyInto(current.copy, block, open.length), source: node })
        goesDown = true
      }
    }
    node = goesDown ? (node as Element).firstChild : node.nextSibling
  }
  return top
}

function copyInto(parent: Element, block: Block, depth: number): Element {
  if (depth >= deepestCopy) return parent
  const name = isCaptionName(block.names) && block.flow === block.index ? 'figcaption' : block.node.name
  const copy = new Element(name, { ...block.node.attribs })
  parent.children.push(copy)
  return copy
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
  const counts = measured.counts[block.index]
  if (counts === undefined || block.flow !== block.index) return false
  const { text, linkText } = counts
  if (block.flowText > 0 && text <= 300) {
    const words = textOf(block.node)
    if (isNotice(words)) return true
    if (linkText > 0 && isPromotion(words)) return true
  }
  if (text === 0) return false
  return isLinkBox(block, text, linkText, counts.items)
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
