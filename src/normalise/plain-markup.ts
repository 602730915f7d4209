import { type AnyNode, Element, Text } from 'domhandler'
import { storableCharacters } from './text.ts'

/** Boxes whose text is written as it reads; what stands in `<noscript>` and its like is not. */
const boxes: ReadonlySet<string> = new Set('div section article span p td dd li blockquote'.split(' '))

/** Written as a number, these are taken for other characters. */
const misread = /[\u0080-\u009F]/

/**
 * What `sanitiseHtml` makes of the markup inside `box`, without writing and parsing it, for the most
 * usual comment: words, `<p>` and `<br>`. Nothing is copied from the page but text, escaped. Null when
 * there is anything else.
 */
export function plainMarkup(box: Element): string | null {
  if (!boxes.has(box.name)) return null
  let html = ''
  for (const node of box.children) {
    const piece = isParagraph(node) ? paragraph(node) : phrase(node)
    if (piece === null) return null
    html += piece
  }
  return storableCharacters(html).trim()
}

function isParagraph(node: AnyNode): node is Element {
  return node instanceof Element && node.name === 'p'
}

/** An empty paragraph is left out, with the line breaks in it. */
function paragraph({ children }: Element): string | null {
  let html = ''
  let isEmpty = true
  for (const node of children) {
    const piece = phrase(node)
    if (piece === null) return null
    html += piece
    if (node instanceof Text && node.data.trim() !== '') isEmpty = false
  }
  return isEmpty ? '' : `<p>${html}</p>`
}

function phrase(node: AnyNode): string | null {
  if (node instanceof Text) return escaped(node.data)
  return node instanceof Element && node.name === 'br' && node.children.length === 0 ? '<br />' : null
}

function escaped(text: string): string | null {
  if (misread.test(text) || !text.isWellFormed()) return null
  return /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text
}
