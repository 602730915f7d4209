import type { Document, Element } from 'domhandler'
import { isElement, isWords } from '../elements.ts'

/** Elements of which no reader sees the words. */
export const unseen: ReadonlySet<string> = new Set(['head', 'script', 'style', 'noscript', 'template', 'svg'])

/** Whether a page shows fewer letters than these. */
export function saysFewWords(document: Document, most: number): boolean {
  let seen = 0
  const waiting: (Document | Element)[] = [document]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const child of node.children) {
      if (isWords(child)) seen += child.data.trim().length
      else if (isElement(child) && !unseen.has(child.name)) waiting.push(child)
    }
    if (seen >= most) return false
  }
  return true
}
