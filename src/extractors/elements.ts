import type { AnyNode, ChildNode, Element, ParentNode, Text } from 'domhandler'

/**
 * What kinds of nodes differ in. A property that may be missing is read in a fraction of the time that the
 * parser's own predicates take; these are asked of every node of a page, many times.
 */
interface Shape {
  readonly type: unknown
  readonly attribs?: Readonly<Record<string, string>>
  readonly children?: readonly ChildNode[]
}

export function isElement(node: AnyNode): node is Element {
  const { attribs }: Shape = node
  return attribs !== undefined
}

export function isParent(node: AnyNode): node is ParentNode {
  const { children }: Shape = node
  return children !== undefined
}

export function isWords(node: AnyNode): node is Text {
  const { type }: Shape = node
  return type === 'text'
}

/** Every element below `root` in document order, found without recursion. */
export function elementsBelow(root: ParentNode): Element[] {
  const found: Element[] = []
  const waiting: ParentNode[] = []
  pushParents(waiting, root)
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isElement(node)) found.push(node)
    pushParents(waiting, node)
  }
  return found
}

/** Last child first. */
function pushParents(waiting: ParentNode[], { children }: ParentNode): void {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index]
    if (child !== undefined && isParent(child)) waiting.push(child)
  }
}
