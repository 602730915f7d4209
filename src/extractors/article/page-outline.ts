import type { CheerioAPI } from 'cheerio'
import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler'

/** Amounts of text and marks. Text is measured in columns: a letter of a script without spaces counts two. */
export interface Counts {
  text: number
  linkText: number
  commas: number
  paragraphs: number
  images: number
  items: number
  inputs: number
  links: number
}

/** One element as the walk over the page met it. Its counts are its own, without its descendants'. */
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
  readonly own: Counts
  /** Text that reaches this block-level element through inline elements only, and the part of it in links. */
  flowText: number
  flowLinkText: number
  flowCommas: number
  /** Line breaks and block-level elements directly in this one's flow. */
  flowBreaks: number
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

const unreadTags = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'object',
  'title',
  'select',
  'math',
])
const inlineTags = new Set(
  (
    'a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark meta q ruby rb rt rp s samp ' +
    'small span strike strong sub sup time tt u var wbr picture source nobr button'
  ).split(' '),
)
const countedTags: Readonly<Record<string, keyof Counts>> = {
  p: 'paragraphs',
  img: 'images',
  li: 'items',
  input: 'inputs',
  textarea: 'inputs',
  a: 'links',
}

/** True for elements that start a line of their own. */
export const isBlockTag = (name: string): boolean => !inlineTags.has(name)

/** True for elements whose content is never shown as text. */
export const isUnreadTag = (name: string): boolean => unreadTags.has(name)

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
    if (unreadTags.has(node.name)) return false
    const block = newBlock(node, this.blocks.length, parent)
    this.blocks.push(block)
    const counted = countedTags[node.name]
    if (counted !== undefined) block.own[counted] = 1
    if (parent !== undefined && (node.name === 'br' || block.flow === block.index)) {
      const flow = this.blocks[parent.flow]
      if (flow !== undefined) flow.flowBreaks++
    }
    if (/^h[1-4]$/.test(node.name)) this.headings.push(block)
    if (node.attribs['itemprop'] !== undefined) this.microdata.push(block)
    if (node.name === 'time' || node.attribs['datetime'] !== undefined) this.times.push(block)
    return true
  }

  readText(data: string, parent: Block): void {
    const { columns, commas } = measureText(data)
    if (columns === 0) return
    parent.own.text += columns
    parent.own.commas += commas
    const flow = this.blocks[parent.flow]
    if (flow !== undefined) {
      flow.flowText += columns
      flow.flowCommas += commas
    }
    if (!parent.isInLink) return
    parent.own.linkText += columns
    if (flow !== undefined) flow.flowLinkText += columns
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
    own: noCounts(),
    flowText: 0,
    flowLinkText: 0,
    flowCommas: 0,
    flowBreaks: 0,
  }
}

export const noCounts = (): Counts => ({
  text: 0,
  linkText: 0,
  commas: 0,
  paragraphs: 0,
  images: 0,
  items: 0,
  inputs: 0,
  links: 0,
})

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

/** All text of a node, as it stands in the source. */
export function textOf(root: Element): string {
  let text = ''
  let node: AnyNode | null = root.firstChild
  while (node !== null && node !== root) {
    if (isText(node)) text += node.data
    if (isTag(node) && !unreadTags.has(node.name) && node.firstChild !== null) {
      node = node.firstChild
      continue
    }
    while (node !== null && node !== root && node.nextSibling === null) node = node.parent
    if (node === null || node === root) break
    node = node.nextSibling
  }
  return text
}

function ownTextOf(node: Element): string {
  let text = ''
  for (const child of node.children) if (isText(child)) text += child.data
  return text
}

/**
 * Columns of the text, runs of white space counted once and left out at the ends, and its commas
 * (those of East Asian and Arabic scripts too), which are signs of running text.
 */
function measureText(data: string): { columns: number; commas: number } {
  let columns = 0
  let commas = 0
  let isAfterSpace = true
  for (let index = 0; index < data.length; index++) {
    const code = data.charCodeAt(index)
    const isSpace = code <= 32 || code === 0xa0
    if (isSpace) {
      if (!isAfterSpace) columns++
    } else {
      columns += code >= 0x2e80 && code < 0xd7b0 ? 2 : 1
      if (isComma(code)) commas++
    }
    isAfterSpace = isSpace
  }
  return { columns: isAfterSpace && columns > 0 ? columns - 1 : columns, commas }
}

const isComma = (code: number): boolean =>
  code === 0x2c || code === 0x3001 || code === 0xff0c || code === 0x60c || code === 0x3002
