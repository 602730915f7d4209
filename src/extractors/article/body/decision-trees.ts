/** Boosted decision trees, each a full binary tree of the same depth. */
export interface Model {
  /** Numbers that one judgement takes. */
  readonly featureCount: number
  /** Leaves of one tree. */
  readonly leafCount: number
  /** For each tree from its root, level by level: which number is looked at … */
  readonly features: Uint8Array
  /** … and below which value the left branch is taken. */
  readonly thresholds: Float32Array
  /** For each tree from the left: what the leaf adds to the log-odds. */
  readonly leaves: Float32Array
  /** By tree: the least and the most that it and those after it add together. */
  readonly leastLeft: Float64Array
  readonly mostLeft: Float64Array
}

/** A model as it is kept in source code: base64 of bytes, and of little-endian 32-bit floats. */
export interface PackedModel {
  readonly featureCount: number
  readonly depth: number
  readonly features: string
  readonly thresholds: string
  readonly leaves: string
}

export function decodeModel(packed: PackedModel): Model {
  const leafCount = 2 ** packed.depth
  const leaves = floatsOf(packed.leaves)
  return {
    featureCount: packed.featureCount,
    leafCount,
    features: Uint8Array.from(Buffer.from(packed.features, 'base64')),
    thresholds: floatsOf(packed.thresholds),
    leaves,
    leastLeft: sumsFromLast(leaves, leafCount, Math.min),
    mostLeft: sumsFromLast(leaves, leafCount, Math.max),
  }
}

function sumsFromLast(
  leaves: Float32Array,
  leafCount: number,
  choose: (...leaves: number[]) => number,
): Float64Array {
  const sums = new Float64Array(leaves.length / leafCount)
  for (let tree = sums.length - 1; tree >= 0; tree--) {
    const own = leaves.subarray(tree * leafCount, (tree + 1) * leafCount)
    sums[tree] = (sums[tree + 1] ?? 0) + choose(...own)
  }
  return sums
}

function floatsOf(packed: string): Float32Array {
  const bytes = Buffer.from(packed, 'base64')
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}

/** The numbers of one judgement, 32 bits each as in the training: a value between must fall on the same side. */
const values = new Float32Array(256)

/**
 * How many of these likelihoods of a yes, from 0 to 1 and in rising order, the model reaches. Most answers are certain
 * long before the last tree.
 * @throws RangeError when the numbers are not as many as the model was trained on.
 */
export function reachedSteps(model: Model, numbers: readonly number[], steps: readonly number[]): number {
  takeDown(numbers, model)
  const { leaves, leastLeft, mostLeft } = model
  let logOdds = 0
  let reached = 0
  let wanted = logOddsOf(steps[0])
  // Here and not in functions of their own, for a fraction that goes from one to another is an object each time.
  for (let tree = 0; tree < leastLeft.length && reached < steps.length; tree++) {
    // The lowest step that is not reached for certain decides: those above are harder to reach.
    while (logOdds + (leastLeft[tree] ?? 0) >= wanted) wanted = logOddsOf(steps[++reached])
    if (logOdds + (mostLeft[tree] ?? 0) < wanted) return reached
    logOdds += leaves[leafAt(model, tree)] ?? 0
  }
  while (logOdds >= wanted) wanted = logOddsOf(steps[++reached])
  return reached
}

function takeDown(numbers: readonly number[], { featureCount }: Model): void {
  if (numbers.length !== featureCount)
    throw new RangeError(`the model takes ${featureCount} numbers, not ${numbers.length}`)
  for (let index = 0; index < featureCount; index++) values[index] = numbers[index] ?? 0
}

/** Of the step after the last, what nothing reaches. */
const logOddsOf = (step = 1): number => Math.log(step / (1 - step))

/** Where the leaf is to which one tree leads by the values. */
function leafAt({ leafCount, features, thresholds }: Model, tree: number): number {
  const nodeCount = leafCount - 1
  let node = 0
  while (node < nodeCount) {
    const place = tree * nodeCount + node
    node = 2 * node + ((values[features[place] ?? 0] ?? 0) < (thresholds[place] ?? 0) ? 1 : 2)
  }
  return tree * leafCount + node - nodeCount
}
