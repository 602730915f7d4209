import type { AnyNode, Element, ParentNode } from 'domhandler'
import { appendChild, nextElementSibling, removeElement } from 'domutils'
import { htmlToText } from '../../normalise/html.ts'
import { cleanLine } from '../../normalise/text.ts'
import { isElement, isParent, isWords } from '../elements.ts'

/**
 * Every node below `root` in document order, without recursion. What is below a node for which
 * `enter` says no is left out. A node may be replaced once it was given; else the tree must stay as it is.
 */
export function* descendants(
  root: ParentNode,
  enter: (node: ParentNode) => boolean = () => true,
): Generator<AnyNode> {
  const waiting: AnyNode[] = []
  pushChildren(waiting, root)
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    if (isParent(node) && enter(node)) pushChildren(waiting, node)
  }
}

/** Last child first. Not by spreading: a node may have more children than a call has arguments. */
function pushChildren(waiting: AnyNode[], { children }: ParentNode): void {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index]
    if (child !== undefined) waiting.push(child)
  }
}

/** The first element below `root`, in document order, that `matches`. */
export function firstElement(root: ParentNode, matches: (element: Element) => boolean): Element | null {
  for (const node of descendants(root)) if (isElement(node) && matches(node)) return node
  return null
}

/** The text of nodes on one clean line; null when there is none. */
export function lineOf(nodes: AnyNode | readonly AnyNode[] | undefined): string | null {
  return nodes === undefined ? null : cleanLine(htmlToText(nodes).replaceAll('\n', ' '))
}

/**
 * As `lineOf`, for what is a label or a number if it is anything: null for an element that holds more. Boxes that lie
 * within each other by the thousand are passed over each at its first words.
 */
export function labelOf(element: Element): string | null {
  let characters = 0
  let nodes = 0
  for (const node of descendants(element)) {
    if (isWords(node)) characters += node.data.trim().length
    nodes += 1
    if (characters > longestLabel || nodes > mostNodesInLabel) return null
  }
  return lineOf(element)
}

const longestLabel = 100
const mostNodesInLabel = 200

export function hasClass(element: Element, name: string): boolean {
  const names = element.attribs['class']
  return names !== undefined && names.includes(name) && names.split(/\s+/).includes(name)
}

/** Takes elements out of the tree they are in; each keeps what is below it. */
export function detach(elements: Iterable<AnyNode>): void {
  for (const element of elements) removeElement(element)
}

/** Puts the element behind each header into it. */
export function joinHeaders(headers: readonly Element[]): void {
  const known = new Set(headers)
  for (const header of headers) {
    const next = nextElementSibling(header)
    if (next === null || known.has(next)) continue
    removeElement(next)
    appendChild(header, next)
  }
}

/**
 * Puts the `<dd>`s that follow a `<dt>` into it, and has both as boxes: in a definition list of comments the
 * term is a comment's header and what is said of it are its words.
 */
export function joinDefinitions(terms: readonly Element[]): void {
  for (const term of terms) {
    if (term.name !== 'dt') continue
    term.name = 'div'
    for (let next = nextElementSibling(term); next?.name === 'dd'; next = nextElementSibling(term)) {
      removeElement(next)
      next.name = 'div'
      appendChild(term, next)
    }
  }
}
