/** A node of a tree in an answer, with the one that it is below. */
export interface Placed<Node> {
  readonly node: Node
  readonly parent: Node | null
}

/**
 * The nodes of a tree of any depth, each after the one it is below, without recursion. `read` makes a node of what the
 * answer holds, and null of what is none; `childrenOf` names what is below it.
 */
export function nodesOf<Node>(
  roots: readonly unknown[],
  read: (given: unknown) => Node | null,
  childrenOf: (node: Node) => readonly unknown[],
): Placed<Node>[] {
  const found: Placed<Node>[] = []
  const waiting: { given: unknown; parent: Node | null }[] = []
  pushLastFirst(waiting, roots, null)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = read(next.given)
    if (node === null) continue
    found.push({ node, parent: next.parent })
    pushLastFirst(waiting, childrenOf(node), node)
  }
  return found
}

function pushLastFirst<Node>(
  waiting: { given: unknown; parent: Node | null }[],
  nodes: readonly unknown[],
  parent: Node | null,
): void {
  for (let index = nodes.length - 1; index >= 0; index -= 1) waiting.push({ given: nodes[index], parent })
}
