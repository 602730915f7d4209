import { type AnyNode, type Element, isTag, isText } from 'domhandler'

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
/** True for elements that start a line of their own. */
export const isBlockTag = (name: string): boolean => !inlineTags.has(name)

/** True for elements whose content is never shown as text. */
export const isUnreadTag = (name: string): boolean => unreadTags.has(name)

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

/** Text directly in an element, without its descendants'. */
export function ownTextOf(node: Element): string {
  let text = ''
  for (const child of node.children) if (isText(child)) text += child.data
  return text
}

/** What can be told of a text by its characters, without reading it. */
export interface TextMeasure {
  /** Runs of white space count once, and not at the ends; a letter of a script without spaces counts two. */
  readonly columns: number
  /** Those of East Asian and Arabic scripts too: signs of running text. */
  readonly commas: number
  readonly words: number
  readonly digits: number
  /** Latin, Greek and Cyrillic ones. */
  readonly capitals: number
  /** Full stops, question and exclamation marks that end a sentence. */
  readonly stops: number
  /** Codes of the first and last character that are no white space; 0 when there is none. */
  readonly first: number
  readonly last: number
}

export function measureText(data: string): TextMeasure {
  let columns = 0
  let commas = 0
  let words = 0
  let digits = 0
  let capitals = 0
  let stops = 0
  let first = 0
  let last = 0
  let isAfterSpace = true
  for (let index = 0; index < data.length; index++) {
    const code = data.charCodeAt(index)
    if (code <= 32 || code === 0xa0) {
      if (!isAfterSpace) {
        columns++
        if (isStop(last)) stops++
      }
      isAfterSpace = true
      continue
    }
    if (isAfterSpace) words++
    isAfterSpace = false
    if (first === 0) first = code
    last = code
    if (code >= 0x2e80 && code < 0xd7b0) {
      columns += 2
      if (code === 0x3002) stops++
    } else columns++
    if (code >= 48 && code <= 57) digits++
    else if (isCapital(code)) capitals++
    else if (isComma(code)) commas++
  }
  if (isAfterSpace && columns > 0) columns--
  else if (isStop(last) && last !== 0x3002) stops++
  return { columns, commas, words, digits, capitals, stops, first, last }
}

const isCapital = (code: number): boolean =>
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code <= 0xde) ||
  (code >= 0x391 && code <= 0x42f && !(code >= 0x3b1 && code < 0x400))

/** A full stop, question or exclamation mark of any script, or an ellipsis. */
const isStop = (code: number): boolean =>
  code === 0x2e ||
  code === 0x21 ||
  code === 0x3f ||
  code === 0x2026 ||
  code === 0x3002 ||
  code === 0xff01 ||
  code === 0xff1f ||
  code === 0x61f ||
  code === 0x6d4 ||
  code === 0x964

const isComma = (code: number): boolean =>
  code === 0x2c || code === 0x3001 || code === 0xff0c || code === 0x60c || code === 0x3002
