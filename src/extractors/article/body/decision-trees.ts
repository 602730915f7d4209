/** Boosted decision trees, each a full binary tree of the same depth. */
export interface Model {
  /** Numbers that one judgement takes. */
  readonly featureCount: number
  readonly depth: number
  /** For each tree from its root, level by level: which number is looked at … */
  readonly features: Uint8Array
  /** … and below which value the left branch is taken. */
  readonly thresholds: Float32Array
  /** For each tree from the left: what the leaf adds to the log-odds. */
  readonly leaves: Float32Array
  /** What the trees from each on take away from the log-odds at most, and add at most. */
  readonly leastLeft: Float64Array
  readonly mostLeft: Float64Array
  /** Where numbers are put to be judged, in the 32 bits of the training: a value between must fall on the same side. */
  readonly values: Float32Array
}

/** A model as it is kept in source code: base64 of bytes, and of little-endian 32-bit floats. */
export interface PackedModel {
  readonly featureCount: number
  readonly depth: number
  readonly features: string
  readonly thresholds: string
  readonly leaves: string
}

export function decodeModel({ featureCount, depth, features, thresholds, leaves }: PackedModel): Model {
  const allLeaves = floatsOf(leaves)
  return {
    featureCount,
    depth,
    features: Uint8Array.from(Buffer.from(features, 'base64')),
    thresholds: floatsOf(thresholds),
    leaves: allLeaves,
    ...rangesOf(allLeaves, 2 ** depth),
    values: new Float32Array(featureCount),
  }
}

function floatsOf(packed: string): Float32Array {
  const bytes = Buffer.from(packed, 'base64')
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}

function rangesOf(leaves: Float32Array, leafCount: number): Pick<Model, 'leastLeft' | 'mostLeft'> {
  const leastLeft = new Float64Array(leaves.length / leafCount + 1)
  const mostLeft = new Float64Array(leastLeft.length)
  for (let tree = leastLeft.length - 2; tree >= 0; tree--) {
    const own = leaves.subarray(tree * leafCount, (tree + 1) * leafCount)
    leastLeft[tree] = (leastLeft[tree + 1] ?? 0) + Math.min(...own)
    mostLeft[tree] = (mostLeft[tree + 1] ?? 0) + Math.max(...own)
  }
  return { leastLeft, mostLeft }
}

/** More than sums of leaves in another order can differ by. */
const rounding = 1e-6

/**
 * Whether the model says yes with at least this likelihood, from 0 to 1. Trees that cannot change it are not asked.
 * @throws RangeError when the numbers are not as many as the model was trained on.
 */
export function isLikely(model: Model, numbers: readonly number[], least: number): boolean {
  const { featureCount, depth, leaves, values, leastLeft, mostLeft } = model
  if (numbers.length !== featureCount)
    throw new RangeError(`the model takes ${featureCount} numbers, not ${numbers.length}`)
  values.set(numbers)
  const leafCount = 2 ** depth
  const leastLogOdds = Math.log(least / (1 - least))
  let logOdds = 0
  for (let tree = 0; tree < leastLeft.length - 1; tree++) {
    const missing = leastLogOdds - logOdds
    if ((mostLeft[tree] ?? 0) < missing - rounding) return false
    if ((leastLeft[tree] ?? 0) > missing + rounding) return true
    logOdds += leaves[tree * leafCount + leafOf(model, tree, leafCount - 1)] ?? 0
  }
  return 1 / (1 + Math.exp(-logOdds)) >= least
}

/** Which of a tree's leaves the values lead to. */
function leafOf({ features, thresholds, values }: Model, tree: number, nodeCount: number): number {
  const root = tree * nodeCount
  let node = 0
  while (node < nodeCount) {
    const place = root + node
    node = 2 * node + ((values[features[place] ?? 0] ?? 0) < (thresholds[place] ?? 0) ? 1 : 2)
  }
  return node - nodeCount
}
