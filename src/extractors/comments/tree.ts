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

/** A thread's comments in columns, an entry of each for one comment; ids are distinct. */
export interface TreeColumns {
  readonly nativeIds: readonly string[]
  /** What the platform says, true or not. */
  readonly parentNativeIds: readonly (string | null)[]
  /** Milliseconds since 1970; infinity where no time is known. */
  readonly times: readonly number[]
}

/** Where each comment of `TreeColumns` stands, by its index there. */
export interface TreeShape {
  /** Indexes in reading order: depth first, siblings by time, then by id. */
  readonly order: Int32Array
  /** Index of the parent; -1 for a root, and where the parent is not in the thread or would close a cycle. */
  readonly parents: Int32Array
  /** Index of the comment at the top of the branch. */
  readonly roots: Int32Array
  readonly depths: Int32Array
}

/**
 * Places every comment of a thread, whatever the order they came in: a reply whose parent is not
 * there becomes a root, and a cycle is cut at its first member in reading order. Of several nodes
 * with one id the last counts. Takes n log n steps and no recursion.
 */
export function buildTree(nodes: readonly TreeNode[]): Map<string, TreePlace> {
  const distinct = [...new Map(nodes.map((node) => [node.nativeId, node])).values()]
  const nativeIds = distinct.map(({ nativeId }) => nativeId)
  const { order, parents, roots, depths } = shapeTree({
    nativeIds,
    parentNativeIds: distinct.map(({ parentNativeId }) => parentNativeId),
    times: distinct.map(({ publishedAt }) => publishedAt?.getTime() ?? Number.POSITIVE_INFINITY),
  })
  const places = new Map<string, TreePlace>()
  for (const index of order) {
    places.set(nativeIds[index] ?? '', {
      parentNativeId: nativeIds[parents[index] ?? -1] ?? null,
      rootNativeId: nativeIds[roots[index] ?? -1] ?? '',
      depth: depths[index] ?? 0,
      position: places.size + 1,
    })
  }
  return places
}

/** As `buildTree`, for threads of any length: in columns, a comment takes 40 bytes. */
export function shapeTree(columns: TreeColumns): TreeShape {
  const ranked = rankedIndexes(columns)
  const parents = knownParents(columns)
  cutCycles(ranked, parents)
  return walk(ranked, parents)
}

/** Indexes by time, then by id, as if all comments were siblings. */
function rankedIndexes({ nativeIds, times }: TreeColumns): Int32Array {
  const indexes = Int32Array.from(nativeIds, (_, index) => index)
  return indexes.toSorted((a, b) => {
    const first = times[a] ?? 0
    const second = times[b] ?? 0
    return first === second ? compareIds(nativeIds[a] ?? '', nativeIds[b] ?? '') : first < second ? -1 : 1
  })
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

function knownParents({ nativeIds, parentNativeIds }: TreeColumns): Int32Array {
  const indexes = new Map(nativeIds.map((nativeId, index) => [nativeId, index]))
  return Int32Array.from(parentNativeIds, (parent) => (parent === null ? -1 : (indexes.get(parent) ?? -1)))
}

/** Every node has one parent at most, so a cycle is found by walking up until a walk meets itself. */
function cutCycles(ranked: Int32Array, parents: Int32Array): void {
  const ranks = new Int32Array(ranked.length)
  for (const [rank, index] of ranked.entries()) ranks[index] = rank
  const walkOf = new Int32Array(ranked.length).fill(-1)
  for (const [walkNumber, start] of ranked.entries()) {
    let current = start
    while (current !== -1 && walkOf[current] === -1) {
      walkOf[current] = walkNumber
      current = parents[current] ?? -1
    }
    if (current !== -1 && walkOf[current] === walkNumber) parents[firstOfCycle(current, parents, ranks)] = -1
  }
}

function firstOfCycle(member: number, parents: Int32Array, ranks: Int32Array): number {
  let first = member
  for (let current = parents[member] ?? -1; current !== member; current = parents[current] ?? -1) {
    if ((ranks[current] ?? 0) < (ranks[first] ?? 0)) first = current
  }
  return first
}

/** Depth first through chains of siblings, without a stack. */
function walk(ranked: Int32Array, parents: Int32Array): TreeShape {
  const chains = siblingChains(ranked, parents)
  const order = new Int32Array(ranked.length)
  const roots = new Int32Array(ranked.length)
  const depths = new Int32Array(ranked.length)
  let visited = 0
  for (const root of ranked) {
    if (parents[root] !== -1) continue
    for (let current = root; current !== -1; current = following(current, parents, chains)) {
      order[visited++] = current
      roots[current] = root
      depths[current] = current === root ? 0 : (depths[parents[current] ?? root] ?? 0) + 1
    }
  }
  return { order, parents, roots, depths }
}

/** The comment that is read after this one in its branch; -1 at the branch's end. */
function following(
  index: number,
  parents: Int32Array,
  { firstChildren, nextSiblings }: ReturnType<typeof siblingChains>,
): number {
  let current = firstChildren[index] ?? -1
  if (current !== -1) return current
  current = index
  while (current !== -1 && nextSiblings[current] === -1) current = parents[current] ?? -1
  return current === -1 ? -1 : (nextSiblings[current] ?? -1)
}

function siblingChains(ranked: Int32Array, parents: Int32Array) {
  const firstChildren = new Int32Array(ranked.length).fill(-1)
  const nextSiblings = new Int32Array(ranked.length).fill(-1)
  for (let rank = ranked.length - 1; rank >= 0; rank -= 1) {
    const index = ranked[rank] ?? -1
    const parent = parents[index] ?? -1
    if (parent === -1) continue
    nextSiblings[index] = firstChildren[parent] ?? -1
    firstChildren[parent] = index
  }
  return { firstChildren, nextSiblings }
}
