import { array, assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeModel, likelihood } from '../../../src/extractors/article/body/decision-trees.ts'

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

describe('decision trees', () => {
  it('go left below the threshold and right at it', () => {
    expect(likelihood(model, [0.4, 9, -0.1])).toBeCloseTo(logistic(1 - 0.25), 6)
    expect(likelihood(model, [0.5, 9, 0])).toBeCloseTo(logistic(4 + 0.5), 6)
    expect(likelihood(model, [0.1, 10, -5])).toBeCloseTo(logistic(2 - 0.5), 6)
  })

  it('compare as the training did, in 32 bits', () => {
    const tree = decodeModel({
      featureCount: 1,
      depth: 1,
      features: Buffer.from([0]).toString('base64'),
      thresholds: packFloats([0.1]),
      leaves: packFloats([-1, 1]),
    })
    expect(likelihood(tree, [0.1])).toBeCloseTo(logistic(1), 6)
  })

  it('give a likelihood for whatever numbers come', () => {
    assert(
      property(array(double(), { minLength: 3, maxLength: 3 }), (numbers) => {
        const likely = likelihood(model, numbers)
        expect(likely).toBeGreaterThan(0)
        expect(likely).toBeLessThan(1)
      }),
    )
  })

  it('refuse numbers that they were not trained on', () => {
    expect(() => likelihood(model, [1, 2])).toThrow(RangeError)
  })
})
