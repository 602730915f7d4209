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

/**
 * Columns of the text, runs of white space counted once and left out at the ends, and its commas
 * (those of East Asian and Arabic scripts too), which are signs of running text.
 */
export function measureText(data: string): { columns: number; commas: number } {
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
