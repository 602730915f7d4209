/** What a comment's place depends on. `parentNativeId` is what the platform says, true or not. */
export interface TreeNode {
  readonly nativeId: string
  readonly parentNativeId: string | null
  readonly publishedAt: Date | null
}

export interface TreePlace {
  /** Null for a root, and where the parent is not in the thread or would close a cycle. */
  readonly parentNativeId: string | null
  readonly rootNativeId: string
  /** 0 for a root. */
  readonly depth: number
  /** From 1, in reading order: depth first, siblings by time, then by id. */
  readonly position: number
}

/**
 * Places every comment of a thread, whatever the order they came in: a reply whose parent is not
 * there becomes a root, and a cycle is cut at its first member in reading order. Of several nodes
 * with one id the last counts. Takes n log n steps and no recursion.
 */
export function buildTree(nodes: readonly TreeNode[]): Map<string, TreePlace> {
  const byId = new Map(nodes.map((node) => [node.nativeId, node]))
  const ordered = [...byId.values()].toSorted(inReadingOrder)
  const parents = knownParents(ordered, byId)
  cutCycles(ordered, parents)
  const children = new Map<string, string[]>()
  const roots: string[] = []
  for (const { nativeId } of ordered) {
    const parent = parents.get(nativeId)
    if (parent === undefined) roots.push(nativeId)
    else append(children, parent, nativeId)
  }
  return place(roots, children)
}

function inReadingOrder(a: TreeNode, b: TreeNode): number {
  const first = a.publishedAt?.getTime() ?? Number.POSITIVE_INFINITY
  const second = b.publishedAt?.getTime() ?? Number.POSITIVE_INFINITY
  if (first !== second) return first < second ? -1 : 1
  return compareIds(a.nativeId, b.nativeId)
}

const decimal = /^\d+$/

/** Numbers by value and before texts; digits are compared as text, because ids outgrow doubles. */
function compareIds(a: string, b: string): number {
  const numeric = decimal.test(a)
  if (numeric !== decimal.test(b)) return numeric ? -1 : 1
  if (numeric) {
    const first = a.replace(/^0+(?=\d)/, '')
    const second = b.replace(/^0+(?=\d)/, '')
    if (first.length !== second.length) return first.length - second.length
    if (first !== second) return first < second ? -1 : 1
  }
  if (a === b) return 0
  return a < b ? -1 : 1
}

function knownParents(
  ordered: readonly TreeNode[],
  byId: ReadonlyMap<string, TreeNode>,
): Map<string, string> {
  const parents = new Map<string, string>()
  for (const { nativeId, parentNativeId } of ordered) {
    if (parentNativeId !== null && byId.has(parentNativeId)) parents.set(nativeId, parentNativeId)
  }
  return parents
}

/** Every node has one parent at most, so a cycle is found by walking up until a walk meets itself. */
function cutCycles(ordered: readonly TreeNode[], parents: Map<string, string>): void {
  const rank = new Map(ordered.map((node, index) => [node.nativeId, index]))
  const walkOf = new Map<string, number>()
  for (const [walk, { nativeId }] of ordered.entries()) {
    let current: string | undefined = nativeId
    while (current !== undefined && !walkOf.has(current)) {
      walkOf.set(current, walk)
      current = parents.get(current)
    }
    if (current !== undefined && walkOf.get(current) === walk) {
      parents.delete(firstOfCycle(current, parents, rank))
    }
  }
}

function firstOfCycle(
  member: string,
  parents: ReadonlyMap<string, string>,
  rank: ReadonlyMap<string, number>,
): string {
  let first = member
  let current = parents.get(member)
  while (current !== undefined && current !== member) {
    if ((rank.get(current) ?? 0) < (rank.get(first) ?? 0)) first = current
    current = parents.get(current)
  }
  return first
}

function append(children: Map<string, string[]>, parent: string, child: string): void {
  const siblings = children.get(parent)
  if (siblings === undefined) children.set(parent, [child])
  else siblings.push(child)
}

function place(
  roots: readonly string[],
  children: ReadonlyMap<string, readonly string[]>,
): Map<string, TreePlace> {
  const places = new Map<string, TreePlace>()
  const waiting = roots
    .map((id) => ({ id, parentNativeId: null as string | null, rootNativeId: id, depth: 0 }))
    .toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { id, ...rest } = next
    places.set(id, { ...rest, position: places.size + 1 })
    for (const child of (children.get(id) ?? []).toReversed()) {
      waiting.push({
        id: child,
        parentNativeId: id,
        rootNativeId: next.rootNativeId,
        depth: next.depth + 1,
      })
    }
  }
  return places
}
