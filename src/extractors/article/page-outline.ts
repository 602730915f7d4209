import type { AnyNode, Document, Element } from 'domhandler'
import { isElement, isWords } from '../elements.ts'
import { type ElementKind, ElementKinds } from './element-kind.ts'
import { isBlockTag, isUnreadTag, measureText, ownTextOf } from './element-text.ts'

/**
 * One element as the walk over the page met it. Text is measured in columns: a letter of a script without spaces
 * counts two.
 */
export interface Block {
  readonly node: Element
  readonly index: number
  /** Index of the parent's block; -1 for the outermost. */
  readonly parent: number
  /** Index after the last descendant: descendants are `index + 1` to `end - 1`. */
  end: number
  readonly kind: ElementKind
  /** Lower-cased class and id. */
  readonly names: string
  /** Index of the nearest block-level element, the element itself included. */
  readonly flow: number
  readonly isInLink: boolean
  /** Index of the nearest element with `itemscope`, the element itself included; -1 when there is none. */
  readonly scope: number
  /** Text directly in the element, without its descendants'. */
  ownText: number
  /** Text that reaches this block-level element through inline elements only, and the part of it in links. */
  flowText: number
  flowLinkText: number
  flowCommas: number
  /** Words and capital letters of the flow. */
  flowWords: number
  flowCapitals: number
  /** Ends of sentences: a full stop, question or exclamation mark with something or nothing after it. */
  flowStops: number
  /** Character codes that the flow begins and ends with; 0 when it has no text. */
  flowFirst: number
  flowLast: number
  /** Line breaks in this block-level element's flow. */
  flowBreaks: number
  /** Block-level elements in its flow. */
  flowBlocks: number
}

/** The page in one reading: everything later steps ask of the document as a whole. */
export interface PageOutline {
  readonly blocks: readonly Block[]
  /** `meta` contents by lower-cased name, property or http-equiv, in page order. */
  readonly metas: ReadonlyMap<string, readonly string[]>
  /** `link` addresses by lower-cased rel. */
  readonly relations: ReadonlyMap<string, string>
  readonly linkedData: readonly string[]
  /** Scripts that hold data, or may. */
  readonly dataScripts: readonly Element[]
  /** `h1` to `h4`. */
  readonly headings: readonly Block[]
  readonly microdata: readonly Block[]
  /** Elements that carry a date a machine can read. */
  readonly times: readonly Block[]
  readonly titleTag: string | null
  readonly htmlLanguage: string | null
  /** Lower-cased class and id of `body`. */
  readonly bodyNames: string
}

class OutlineBuilder {
  readonly blocks: Block[] = []
  readonly #kinds = new ElementKinds()
  readonly metas = new Map<string, string[]>()
  readonly relations = new Map<string, string>()
  readonly linkedData: string[] = []
  readonly dataScripts: Element[] = []
  readonly headings: Block[] = []
  readonly microdata: Block[] = []
  readonly times: Block[] = []
  titleTag: string | null = null
  htmlLanguage: string | null = null
  bodyNames = ''
  readonly #seen: Element | null

  constructor(seen: Element | null) {
    this.#seen = seen
  }

  /** Reads an element on the way down; null when it is none whose children are to be read. */
  enter(node: Element, parent: Block | undefined): Block | null {
    this.#readDocumentParts(node)
    if (isUnreadTag(node.name) && node !== this.#seen) return null
    const block = newBlock(node, this.#kinds.of(node), this.blocks.length, parent)
    this.blocks.push(block)
    if (parent !== undefined) this.#tellFlow(block, parent)
    if (/^h[1-4]$/.test(node.name)) this.headings.push(block)
    if (node.attribs['itemprop'] !== undefined) this.microdata.push(block)
    if (node.name === 'time' || node.attribs['datetime'] !== undefined) this.times.push(block)
    return block
  }

  /** What the block-level element around is told of an element in its flow. */
  #tellFlow({ node, flow, index }: Block, parent: Block): void {
    const around = this.blocks[parent.flow]
    if (around === undefined) return
    if (node.name === 'br') around.flowBreaks++
    if (flow === index) around.flowBlocks++
  }

  readText(data: string, parent: Block): void {
    const measure = measureText(data)
    if (measure.columns === 0) return
    parent.ownText += measure.columns
    const flow = this.blocks[parent.flow]
    if (flow === undefined) return
    flow.flowText += measure.columns
    flow.flowCommas += measure.commas
    flow.flowWords += measure.words
    flow.flowCapitals += measure.capitals
    flow.flowStops += measure.stops
    if (flow.flowFirst === 0) flow.flowFirst = measure.first
    flow.flowLast = measure.last
    if (parent.isInLink) flow.flowLinkText += measure.columns
  }

  #readDocumentParts(node: Element): void {
    const { attribs, name } = node
    if (name === 'meta') this.#readMeta(attribs)
    else if (name === 'link') this.#readLink(attribs)
    else if (name === 'script') this.#readScript(node)
    else if (name === 'title') this.titleTag ??= ownTextOf(node)
    else if (name === 'body') this.bodyNames ||= this.#kinds.of(node).names
    else if (name === 'html') this.htmlLanguage ??= attribs['lang'] ?? null
  }

  #readScript(node: Element): void {
    if (isLinkedData(node.attribs)) this.linkedData.push(ownTextOf(node))
    else if (node.attribs['src'] === undefined) this.dataScripts.push(node)
  }

  #readMeta(attributes: Element['attribs']): void {
    const content = attributes['content'] ?? attributes['value']
    if (content === undefined || content.trim() === '') return
    // Frameworks that take a JSON-LD script for a `meta` write it so.
    if (attributes['name'] === 'script:ld+json') this.linkedData.push(content)
    for (const attribute of ['property', 'name', 'http-equiv']) {
      for (const key of attributes[attribute]?.toLowerCase().split(/\s+/) ?? []) {
        const values = this.metas.get(key)
        if (values === undefined) this.metas.set(key, [content])
        else values.push(content)
      }
    }
  }

  #readLink(attributes: Element['attribs']): void {
    const href = attributes['href']?.trim()
    if (href === undefined || href === '' || attributes['hreflang'] !== undefined) return
    for (const rel of attributes['rel']?.toLowerCase().split(/\s+/) ?? []) {
      if (!this.relations.has(rel)) this.relations.set(rel, href)
    }
  }

  /** Children come after their parents, so one way back finds where each element ends. */
  finish(): PageOutline {
    for (let index = this.blocks.length - 1; index > 0; index--) {
      const block = this.blocks[index]
      const parent = block && this.blocks[block.parent]
      if (block !== undefined && parent !== undefined && block.end > parent.end) parent.end = block.end
    }
    return this
  }
}

function newBlock(node: Element, kind: ElementKind, index: number, parent: Block | undefined): Block {
  return {
    node,
    index,
    parent: parent?.index ?? -1,
    end: index + 1,
    kind,
    names: kind.names,
    flow: isBlockTag(node.name) || parent === undefined ? index : parent.flow,
    isInLink: node.name === 'a' || (parent?.isInLink ?? false),
    scope: node.attribs['itemscope'] === undefined ? (parent?.scope ?? -1) : index,
    ownText: 0,
    flowText: 0,
    flowLinkText: 0,
    flowCommas: 0,
    flowWords: 0,
    flowCapitals: 0,
    flowStops: 0,
    flowFirst: 0,
    flowLast: 0,
    flowBreaks: 0,
    flowBlocks: 0,
  }
}

/**
 * Reads the document once, without recursion, in page order.
 * @param seen an element of a kind that is not read that holds what the page is about: what stands there for readers
 * without scripts.
 */
export function outlinePage(document: Document, seen: Element | null = null): PageOutline {
  const builder = new OutlineBuilder(seen)
  const open: Block[] = []
  let node: AnyNode | null = document.firstChild
  while (node !== null) {
    const parent = open.at(-1)
    let inside: AnyNode | null = null
    if (isElement(node)) {
      const block = builder.enter(node, parent)
      if (block !== null && node.firstChild !== null) {
        open.push(block)
        inside = node.firstChild
      }
    } else if (isWords(node) && parent !== undefined) {
      builder.readText(node.data, parent)
    }
    node = inside ?? nextOutside(node, open)
  }
  return builder.finish()
}

/** The next node after this one and its descendants; closes the elements that end between them. */
function nextOutside(from: AnyNode, open: Block[]): AnyNode | null {
  let node: AnyNode | null = from
  while (node !== null && node.nextSibling === null) {
    node = open.pop()?.node ?? null
  }
  return node?.nextSibling ?? null
}

const isLinkedData = ({ type }: Element['attribs']): boolean => type !== undefined && /ld\+json/i.test(type)
