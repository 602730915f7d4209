import type { AnyNode, ChildNode, Element, ParentNode } from 'domhandler'

/** What kinds of nodes differ in. Reading a property that may be missing is far cheaper than `in`. */
interface Shape {
  readonly type: unknown
  readonly attribs?: Readonly<Record<string, string>>
  readonly children?: readonly ChildNode[]
}

function isElement(node: AnyNode): node is Element {
  const { attribs }: Shape = node
  return attribs !== undefined
}

function isParent(node: AnyNode): node is ParentNode {
  const { children }: Shape = node
  return children !== undefined
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
