import type { AnyNode, Element } from 'domhandler'
import { isElement, isParent, isWords } from '../../elements.ts'
import { firstElement } from '../nodes.ts'
import { numberIn } from './names.ts'

/** One entry of a section as markup, with what is its own: all that is not of another entry inside it. */
export interface Box {
  readonly element: Element
  /** The native number, where the markup around the entry has one. */
  readonly number: string | null
  /** The entry's own elements in document order, without itself. */
  readonly own: readonly Element[]
  /** Characters of text in each own element and in the entry, without those of entries inside. */
  readonly sizes: ReadonlyMap<Element, number>
}

const unread: ReadonlySet<string> = new Set(
  'script style noscript template svg select textarea iframe button'.split(' '),
)

/** Parts an entry's markup from that of the entries in it. */
export function boxOf(element: Element, others: ReadonlySet<Element>): Box {
  const own: Element[] = []
  const sizes = new Map<Element, number>([[element, 0]])
  const definitions = definitionsOf(element)
  const waiting: AnyNode[] = [...element.children, ...definitions].toReversed()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isWords(node)) count(node.data, node.parent, element, sizes)
    if (!isElement(node)) continue
    if (others.has(node) || unread.has(node.name) || isAnswerForm(node)) continue
    own.push(node)
    sizes.set(node, 0)
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index]
      if (child !== undefined && (isWords(child) || isParent(child))) waiting.push(child)
    }
  }
  return { element, number: numberIn(element.attribs['id']), own, sizes }
}

/** In a list of terms the header of an entry is a term, and its words are what follows. */
function definitionsOf({ name, next }: Element): Element[] {
  const found: Element[] = []
  for (let node = name === 'dt' ? next : null; node !== null; node = node.next) {
    if (isElement(node) && node.name !== 'dd') break
    if (isElement(node)) found.push(node)
  }
  return found
}

/** A form to answer in; one around the words themselves, as for voting on them, is no such. */
function isAnswerForm(node: Element): boolean {
  return node.name === 'form' && firstElement(node, ({ name }) => name === 'textarea') !== null
}

function count(data: string, start: AnyNode | null, top: Element, sizes: Map<Element, number>): void {
  const length = data.trim().length
  if (length === 0) return
  for (let outer = start; outer !== null && isElement(outer); outer = outer.parent) {
    sizes.set(outer, (sizes.get(outer) ?? 0) + length)
    if (outer === top) return
    if (outer.name === 'dd' && top.name === 'dt' && outer.parent === top.parent) {
      sizes.set(top, (sizes.get(top) ?? 0) + length)
      return
    }
  }
}

/** The text of an own element on one line, without that of entries inside; short texts only are asked for. */
export function wordsOfElement(element: Element, longest = 400): string {
  let text = ''
  const waiting: AnyNode[] = [...element.children].toReversed()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isWords(node)) text += `${node.data} `
    else if (isElement(node) && !unread.has(node.name)) {
      for (let index = node.children.length - 1; index >= 0; index -= 1) {
        const child = node.children[index]
        if (child !== undefined) waiting.push(child)
      }
    }
    if (text.length > longest * 4) break
  }
  return text.replace(/\s+/g, ' ').trim().slice(0, longest)
}

export function isWithin(node: AnyNode, outer: AnyNode): boolean {
  for (let current: AnyNode | null = node; current !== null; current = current.parent) {
    if (current === outer) return true
  }
  return false
}
