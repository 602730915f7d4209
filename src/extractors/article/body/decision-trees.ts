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
  return {
    featureCount,
    depth,
    features: Uint8Array.from(Buffer.from(features, 'base64')),
    thresholds: floatsOf(thresholds),
    leaves: floatsOf(leaves),
  }
}

function floatsOf(packed: string): Float32Array {
  const bytes = Buffer.from(packed, 'base64')
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}

/**
 * How likely the model says yes, from 0 to 1.
 * @throws RangeError when the numbers are not as many as the model was trained on.
 */
export function likelihood(model: Model, numbers: readonly number[]): number {
  const { featureCount, depth, features, thresholds, leaves } = model
  if (numbers.length !== featureCount)
    throw new RangeError(`the model takes ${featureCount} numbers, not ${numbers.length}`)
  const leafCount = 2 ** depth
  const nodeCount = leafCount - 1
  // Trained on 32-bit numbers: a value between must fall on the same side.
  const values = new Float32Array(numbers)
  let logOdds = 0
  for (let root = 0, leaf = 0; leaf < leaves.length; root += nodeCount, leaf += leafCount) {
    let node = 0
    while (node < nodeCount) {
      const place = root + node
      node = 2 * node + ((values[features[place] ?? 0] ?? 0) < (thresholds[place] ?? 0) ? 1 : 2)
    }
    logOdds += leaves[leaf + node - nodeCount] ?? 0
  }
  return 1 / (1 + Math.exp(-logOdds))
}
