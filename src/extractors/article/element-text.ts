import type { AnyNode, Element } from 'domhandler'
import { isElement, isWords } from '../elements.ts'

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

/** Beyond lines and paragraphs: elements within each other that hold a whole page each need not be read as often. */
const longestRead = 10_000

/** The text of a line or paragraph, as it stands in the source. */
export function textOf(root: Element): string {
  let text = ''
  let node: AnyNode | null = root.firstChild
  while (node !== null && text.length < longestRead) {
    if (isWords(node)) text += node.data
    const inside: AnyNode | null = isElement(node) && !unreadTags.has(node.name) ? node.firstChild : null
    node = inside ?? nextOutside(node, root)
  }
  return text.slice(0, longestRead)
}

/** The next node after this one and its descendants, within an element. */
export function nextOutside(from: AnyNode, root: Element): AnyNode | null {
  let node: AnyNode | null = from
  while (node !== null && node !== root && node.nextSibling === null) node = node.parent
  return node === null || node === root ? null : node.nextSibling
}

/** Text directly in an element, without its descendants'. */
export function ownTextOf(node: Element): string {
  let text = ''
  for (const child of node.children) if (isWords(child)) text += child.data
  return text
}

/** What can be told of a text by its characters, without reading it. */
export interface TextMeasure {
  /** Runs of white space count once, and not at the ends; a letter of a script without spaces counts two. */
  readonly columns: number
  /** Those of East Asian and Arabic scripts too: signs of running text. */
  readonly commas: number
  readonly words: number
  /** Latin, Greek and Cyrillic ones. */
  readonly capitals: number
  /** Full stops, question and exclamation marks that end a sentence. */
  readonly stops: number
  /** Codes of the first and last character that are no white space; 0 when there is none. */
  readonly first: number
  readonly last: number
}

/** What a character is, by its code: one table look-up each. */
const kinds = { space: 1, comma: 2, stop: 4, capital: 16, wide: 32 } as const
const capital = /\p{Lu}/u
const kindOf = new Uint8Array(0x10000)
for (let code = 0; code < kindOf.length; code++) {
  if (code <= 32 || code === 0xa0) kindOf[code] = kinds.space
  else if (code >= 0x2e80 && code < 0xd7b0) kindOf[code] = kinds.wide
  else if (capital.test(String.fromCharCode(code))) kindOf[code] = kinds.capital
}
for (const [kind, characters] of [
  [kinds.comma, ',、，،。'],
  [kinds.stop, '.!?…。！？؟۔।'],
] as const) {
  for (const character of characters)
    kindOf[character.charCodeAt(0)] = (kindOf[character.charCodeAt(0)] ?? 0) | kind
}

export function measureText(data: string): TextMeasure {
  const measure = { columns: 0, commas: 0, words: 0, capitals: 0, stops: 0, first: 0, last: 0 }
  let last: number = kinds.space
  for (let index = 0; index < data.length; index++) {
    const code = data.charCodeAt(index)
    const kind = kindOf[code] ?? 0
    if ((kind & kinds.space) === 0) {
      if (measure.first === 0) measure.first = code
      measure.last = code
      if ((last & kinds.space) !== 0) measure.words++
      if (kind !== 0) countSign(measure, kind)
      measure.columns++
    } else if ((last & kinds.space) === 0) {
      measure.columns++
      if ((last & kinds.stop) !== 0) measure.stops++
    }
    last = kind
  }
  if ((last & kinds.space) === 0) measure.stops += (last & kinds.stop) === 0 ? 0 : 1
  else if (measure.columns > 0) measure.columns--
  return measure
}

function countSign(measure: { -readonly [Name in keyof TextMeasure]: number }, kind: number): void {
  if ((kind & kinds.capital) !== 0) measure.capitals++
  else {
    if ((kind & kinds.comma) !== 0) measure.commas++
    if ((kind & kinds.wide) !== 0) measure.columns++
  }
}
