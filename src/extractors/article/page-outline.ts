import type { CheerioAPI } from 'cheerio'
import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler'
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
  readonly metas = new Map<string, string[]>()
  readonly relations = new Map<string, string>()
  readonly linkedData: string[] = []
  readonly headings: Block[] = []
  readonly microdata: Block[] = []
  readonly times: Block[] = []
  titleTag: string | null = null
  htmlLanguage: string | null = null
  bodyNames = ''

  /** Reads an element on the way down; false when its children are not to be read. */
  enter(node: Element, parent: Block | undefined): boolean {
    this.#readDocumentParts(node)
    if (isUnreadTag(node.name)) return false
    const block = newBlock(node, this.blocks.length, parent)
    this.blocks.push(block)
    const around = parent === undefined ? undefined : this.blocks[parent.flow]
    if (around !== undefined && node.name === 'br') around.flowBreaks++
    if (around !== undefined && block.flow === block.index) around.flowBlocks++
    if (/^h[1-4]$/.test(node.name)) this.headings.push(block)
    if (node.attribs['itemprop'] !== undefined) this.microdata.push(block)
    if (node.name === 'time' || node.attribs['datetime'] !== undefined) this.times.push(block)
    return true
  }

  readText(data: string, parent: Block): void {
    const { columns, commas } = measureText(data)
    if (columns === 0) return
    parent.ownText += columns
    const flow = this.blocks[parent.flow]
    if (flow === undefined) return
    flow.flowText += columns
    flow.flowCommas += commas
    if (parent.isInLink) flow.flowLinkText += columns
  }

  #readDocumentParts(node: Element): void {
    const attributes = node.attribs
    switch (node.name) {
      case 'html':
        this.htmlLanguage ??= attributes['lang'] ?? attributes['xml:lang'] ?? null
        break
      case 'body':
        this.bodyNames ||= namesOf(node)
        break
      case 'title':
        this.titleTag ??= ownTextOf(node)
        break
      case 'meta':
        this.#readMeta(attributes)
        break
      case 'link':
        this.#readLink(attributes)
        break
      case 'script':
        if (/ld\+json/i.test(attributes['type'] ?? '')) this.linkedData.push(ownTextOf(node))
        break
      default:
    }
  }

  #readMeta(attributes: Element['attribs']): void {
    const content = attributes['content'] ?? attributes['value']
    if (content === undefined || content.trim() === '') return
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

function newBlock(node: Element, index: number, parent: Block | undefined): Block {
  return {
    node,
    index,
    parent: parent?.index ?? -1,
    end: index + 1,
    names: namesOf(node),
    flow: isBlockTag(node.name) || parent === undefined ? index : parent.flow,
    isInLink: node.name === 'a' || (parent?.isInLink ?? false),
    scope: node.attribs['itemscope'] === undefined ? (parent?.scope ?? -1) : index,
    ownText: 0,
    flowText: 0,
    flowLinkText: 0,
    flowCommas: 0,
    flowBreaks: 0,
    flowBlocks: 0,
  }
}

/** Reads the document once, without recursion, in page order. */
export function outlinePage($: CheerioAPI): PageOutline {
  const document = $.root()[0] as Document
  const builder = new OutlineBuilder()
  const open: Block[] = []
  let node: AnyNode | null = document.firstChild as AnyNode | null
  while (node !== null) {
    const parent = open.at(-1)
    let goesDown = false
    if (isTag(node)) {
      goesDown = builder.enter(node, parent) && node.firstChild !== null
      if (goesDown) open.push(builder.blocks.at(-1) as Block)
    } else if (isText(node) && parent !== undefined) {
      builder.readText(node.data, parent)
    }
    node = goesDown ? (node as Element).firstChild : nextOutside(node, document, open)
  }
  return builder.finish()
}

function nextOutside(from: AnyNode, root: Document, open: Block[]): AnyNode | null {
  let node: AnyNode | null = from
  while (node !== null && node.nextSibling === null) {
    node = node.parent as AnyNode | null
    if (node === null || node === (root as AnyNode)) return null
    open.pop()
  }
  return node?.nextSibling ?? null
}

const namesOf = (node: Element): string =>
  `${node.attribs['class'] ?? ''} ${node.attribs['id'] ?? ''}`.toLowerCase().trim()
