import { type AnyNode, type ChildNode, Element, Text, isTag, isText } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { htmlToText, sanitiseHtml } from '../../normalise/html.ts'
import { isCaptionName } from './boilerplate.ts'
import { type Exclusions, exclusionRule, type Rule } from './clutter.ts'
import { boxEdge, breakAtEdges, isBox, wrapParagraphs } from './paragraphs.ts'
import type { MainText } from './main-text.ts'
import { withoutMetaLines } from './meta-paragraphs.ts'
import type { Block } from './page-outline.ts'
import { isUnreadTag } from './element-text.ts'

/** The text of an article in both forms. */
export interface Body {
  readonly text: string
  readonly html: string
}

/** Serialisers recurse: what is nested deeper than this is lifted to this level. */
const deepestCopy = 200
const longestCaption = 600
const captionTags = new Set(['figure', 'figcaption'])
const headingTag = /^h[1-6]$/

/** Copies the main text without what does not belong to it; the page itself is left as it is. */
export function cleanBody(
  main: MainText,
  blocks: readonly Block[],
  exclusions: Exclusions,
  baseUrl: string,
): Body {
  const isLeftOut = exclusionRule(main, blocks, exclusions)
  const copies = main.roots
    .filter((root) => main.roots.length === 1 || !isLeftOut(root))
    .flatMap((root) => copyBlock(root, blocks, { isLeftOut, captionOf: captionRule(main, blocks) }))
  const body = new Element('div', {}, withoutMetaLines(wrapParagraphs(copies)))
  link(body)
  dropTrailingHeadings(body)
  const html = sanitiseHtml(getOuterHTML(body.children), baseUrl)
  detachCaptions(body)
  return { text: htmlToText(body.children), html }
}

interface Open {
  readonly copy: Element
  readonly source: Element
  /** The source is a box whose children go straight into the copy of what is around it. */
  readonly isUnwrapped: boolean
}

/** What happens to a block on the way into the copy. */
interface CopyRules {
  readonly isLeftOut: Rule
  readonly captionOf: (block: Block) => 'figure' | 'figcaption' | null
}

/** Pictures with their words become figures by whatever name they go. */
function captionRule({ measured }: MainText, blocks: readonly Block[]): CopyRules['captionOf'] {
  return (block) => {
    const isCaption = block.flow === block.index && isCaptionName(block.names)
    if (!isCaption || (measured.text[block.index] ?? 0) > longestCaption) return null
    const holdsImage = blocks.slice(block.index + 1, block.end).some(({ node }) => node.name === 'img')
    return holdsImage ? 'figure' : 'figcaption'
  }
}

function copyBlock(root: Block, blocks: readonly Block[], rules: CopyRules): ChildNode[] {
  const top = new Element('div', {}, [boxEdge()])
  const open: Open[] = [openCopy(top, root, 0, null)]
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
    if (isText(node)) {
      current.copy.children.push(new Text(node.data))
    } else if (isTag(node) && !isUnreadTag(node.name)) {
      const block: Block | undefined = blocks[next]
      if (block === undefined) break
      const isKept = !rules.isLeftOut(block)
      next = isKept ? next + 1 : block.end
      if (isKept) {
        open.push(openCopy(current.copy, block, open.length, rules.captionOf(block)))
        inside = node.firstChild
      }
    }
    node = inside === undefined ? node.nextSibling : inside
  }
  return top.children
}

function openCopy(parent: Element, block: Block, depth: number, caption: string | null): Open {
  const { node } = block
  const isLayout = isBox(node.name) && caption === null
  const isUnwrapped = depth >= deepestCopy || (isLayout && block.flowBlocks + block.flowBreaks > 0)
  if (isUnwrapped) {
    parent.children.push(boxEdge())
    return { copy: parent, source: node, isUnwrapped }
  }
  const copy = new Element(caption ?? (isLayout ? 'p' : node.name), keptAttributes(node))
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
