import type { AnyNode, Element } from 'domhandler'
import { isElement, isParent, isWords } from '../extractors/elements.ts'
import { cleanText } from './text.ts'

export { plainMarkup } from './plain-markup.ts'
export { sanitiseHtml } from './sanitise.ts'

/** Has nodes written with their letters as they are: references for all but ASCII would only be taken apart again. */
export const asCharacters = { encodeEntities: 'utf8' } as const

export interface HtmlToTextOptions {
  /** Let images speak by their `alt`: smileys that are pictures. Off by default. */
  readonly imageAlt?: boolean
  /** In UTF-16 units; longer texts are cut. As `cleanText` does unless given. */
  readonly maxLength?: number
}

/** Elements whose text is not read with the page. */
const silent: ReadonlySet<string> = new Set(
  `script style noscript template iframe object embed svg canvas audio video select textarea button input
  datalist head rp`.split(/\s+/),
)

/** Elements that stand apart from what is around them by an empty line. */
const paragraphs: ReadonlySet<string> = new Set(
  `address article aside blockquote body center details dialog div dl fieldset figcaption figure footer form h1
  h2 h3 h4 h5 h6 header hgroup hr html main nav ol p pre section summary table ul`.split(/\s+/),
)

/** Elements that begin on a line of their own. */
const lines: ReadonlySet<string> = new Set(['li', 'dt', 'dd', 'tr', 'caption', 'legend', 'option'])

const cells: ReadonlySet<string> = new Set(['td', 'th'])

/** White space that is not one space. */
const uneven = /[\t\n\r\f]| {2}/

/** How many line breaks part an element from its surroundings. */
type Gap = 0 | 1 | 2

/**
 * The text of nodes as a reader sees it: paragraphs separated by an empty line, list items and table
 * rows on lines of their own, `<br>` as a line break, an image as a space, other white space as one
 * space except in `<pre>`.
 * Works on trees of any depth.
 */
export function htmlToText(nodes: AnyNode | readonly AnyNode[], options: HtmlToTextOptions = {}): string {
  const writer = new TextWriter(options.imageAlt === true)
  // After the children of an element stands null: then it is left.
  const ahead: (AnyNode | null)[] = []
  const open: Element[] = []
  pushLastFirst(ahead, isNodeList(nodes) ? nodes : [nodes])
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (node === null) {
      const element = open.pop()
      if (element !== undefined) writer.leave(element)
    } else if (isWords(node)) writer.write(node.data)
    else if (isElement(node)) {
      if (silent.has(node.name)) continue
      writer.enter(node)
      open.push(node)
      ahead.push(null)
      pushLastFirst(ahead, node.children)
    } else if (isParent(node)) pushLastFirst(ahead, node.children)
  }
  return writer.text(options.maxLength)
}

function pushLastFirst(ahead: (AnyNode | null)[], nodes: readonly AnyNode[]): void {
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index]
    if (node !== undefined) ahead.push(node)
  }
}

function isNodeList(nodes: AnyNode | readonly AnyNode[]): nodes is readonly AnyNode[] {
  return Array.isArray(nodes)
}

class TextWriter {
  readonly #withImageAlt: boolean
  readonly #pieces: string[] = []
  #gap: Gap = 0
  #openItems = 0
  #openPre = 0

  constructor(withImageAlt: boolean) {
    this.#withImageAlt = withImageAlt
  }

  enter(element: Element): void {
    const { name, attribs } = element
    if (name === 'br') this.#gap = this.#gap === 0 ? 1 : 2
    else if (name === 'img') this.write((this.#withImageAlt && attribs['alt']) || ' ')
    else this.#widen(this.#gapOf(name))
    if (name === 'li') this.#openItems += 1
    if (name === 'pre') this.#openPre += 1
  }

  leave(element: Element): void {
    const { name } = element
    if (name === 'li') this.#openItems -= 1
    if (name === 'pre') this.#openPre -= 1
    if (cells.has(name)) this.#pieces.push(' ')
    this.#widen(this.#gapOf(name))
  }

  write(raw: string): void {
    const text = this.#openPre > 0 || !uneven.test(raw) ? raw : raw.replace(/[ \t\n\r\f]+/g, ' ')
    if (text.trim() === '' && this.#gap > 0) return
    if (this.#gap > 0) this.#pieces.push('\n'.repeat(this.#gap))
    this.#gap = 0
    this.#pieces.push(text)
  }

  text(maxLength?: number): string {
    return cleanText(this.#pieces.join(''), maxLength)
  }

  /** Inside a list item, paragraphs are lines: the list stays one block. */
  #gapOf(name: string): Gap {
    if (lines.has(name)) return 1
    if (!paragraphs.has(name)) return 0
    return this.#openItems > 0 ? 1 : 2
  }

  #widen(gap: Gap): void {
    if (gap > this.#gap) this.#gap = gap
  }
}
