import type { Element, Text } from 'domhandler'
import { elementsBelow, isElement, isWords } from '../../elements.ts'
import { isPlaceLink } from './place-link.ts'

/** "3." or "3)" is written out already. */
const writtenNumber = /^[#(]?\p{Nd}{1,4}(?:[^\p{L}\p{N}]|$)/u
/** Classes of lists that show no numbers. */
const plainList = /(?:list|style|type)-none|unstyled|no-?(?:style|bullets?|marker)|hide-ordinal|bread-?crumb/

/** True for a list whose style sheet says that it has no numbers. */
export const isUnnumbered = (names: string): boolean => plainList.test(names)

/** Writes out the numbers of ordered lists, but for tables of contents: readers see them, and texts refer to them. */
export function numberItems(body: Element): void {
  for (const list of elementsBelow(body))
    if (list.name === 'ol' && (list.attribs['type'] ?? '1') === '1') numberItemsOf(list)
}

function numberItemsOf({ attribs, children }: Element): void {
  const items = children.filter((node) => isElement(node)).filter(({ name }) => name === 'li')
  const starts = items.map(firstWords)
  if (starts.some((text) => text !== null && (isNumbered(text) || isPlaceLink(text.parent)))) return
  const isReversed = attribs['reversed'] !== undefined
  let number = wholeNumber(attribs['start']) ?? (isReversed ? items.length : 1)
  for (const text of starts) {
    if (text !== null) text.data = `${number}. ${text.data.trimStart()}`
    number += isReversed ? -1 : 1
  }
}

const isNumbered = ({ data }: Text): boolean => writtenNumber.test(data.trimStart())

function wholeNumber(written: string | undefined): number | null {
  return written !== undefined && /^-?\d{1,6}$/.test(written) ? Number(written) : null
}

/** The first text of an item that says something. */
function firstWords(item: Element): Text | null {
  const ahead = item.children.toReversed()
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (isWords(node) && node.data.trim() !== '') return node
    if (isElement(node)) ahead.push(...node.children.toReversed())
  }
  return null
}
