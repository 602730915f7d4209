import { array, assert, double, float, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeModel, reachedSteps, type Model } from '../../../src/extractors/article/body/decision-trees.ts'

function packFloats(values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4))
  return bytes.toString('base64')
}

/** Two trees of depth 2 over three numbers. */
const model = decodeModel({
  featureCount: 3,
  depth: 2,
  features: Buffer.from([0, 1, 2, 2, 0, 1]).toString('base64'),
  thresholds: packFloats([0.5, 10, -1, 0, 0.25, 7]),
  leaves: packFloats([1, 2, 3, 4, -0.5, -0.25, 0.25, 0.5]),
})
const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Yes up to the likelihood of these log-odds, and no beyond. */
function expectLogOdds(trees: Model, numbers: readonly number[], logOdds: number): void {
  const steps = [logOdds - 1, logOdds - 1e-6, logOdds + 1e-6].map(logistic)
  expect(reachedSteps(trees, numbers, steps)).toBe(2)
}

describe('decision trees', () => {
  it('go left below the threshold and right at it', () => {
    expectLogOdds(model, [0.4, 9, -0.1], 1 - 0.25)
    expectLogOdds(model, [0.5, 9, 0], 4 + 0.5)
    expectLogOdds(model, [0.1, 10, -5], 2 - 0.5)
  })

  it('compare as the training did, in 32 bits', () => {
    const tree = decodeModel({
      featureCount: 1,
      depth: 1,
      features: Buffer.from([0]).toString('base64'),
      thresholds: packFloats([0.1]),
      leaves: packFloats([-1, 1]),
    })
    expectLogOdds(tree, [0.1], 1)
  })

  it('answer before the last tree as they would after it', () => {
    const leaf = float({ min: -4, max: 4, noNaN: true })
    const trees = array(array(leaf, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 20 })
    assert(
      property(
        trees,
        integer({ min: 0, max: 2 ** 20 - 1 }),
        double({ min: 0.05, max: 0.95, noNaN: true }),
        (leaves, sides, least) => {
          const stumps = decodeModel({
            featureCount: leaves.length,
            depth: 1,
            features: Buffer.from(leaves.map((_, tree) => tree)).toString('base64'),
            thresholds: packFloats(leaves.map(() => 0.5)),
            leaves: packFloats(leaves.flat()),
          })
          const numbers = leaves.map((_, tree) => (sides >> tree) & 1)
          const logOdds = leaves.reduce(
            (sum, pair, tree) => sum + Math.fround(pair[numbers[tree] ?? 0] ?? 0),
            0,
          )
          const likely = logistic(logOdds)
          const steps = [least * 0.7, least, (1 + least) / 2]
          if (steps.every((step) => Math.abs(likely - step) > 1e-9))
            expect(reachedSteps(stumps, numbers, steps)).toBe(steps.filter((step) => step < likely).length)
        },
      ),
    )
  })

  it('refuse numbers that they were not trained on', () => {
    expect(() => reachedSteps(model, [1, 2], [0.5])).toThrow(RangeError)
  })
})
