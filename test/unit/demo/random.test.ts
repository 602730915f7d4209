import { assert, integer, nat, property, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/demo/random.ts'

describe('createRandom', () => {
  it('draws the published mulberry32 sequence', () => {
    const random = createRandom(1)
    const drawn = [random.next(), random.next(), random.next()].map((number) => Math.floor(number * 2 ** 32))
    expect(drawn).toEqual([2_693_262_067, 11_749_833, 2_265_367_787])
  })

  it('stays within the bounds of whole numbers and reaches both', () => {
    const random = createRandom(7)
    const drawn = new Set(Array.from({ length: 200 }, () => random.integer(3, 5)))
    expect(drawn).toEqual(new Set([3, 4, 5]))
  })

  it('samples different entries, at most as many as there are', () => {
    assert(
      property(uniqueArray(integer()), nat(20), integer(), (list, count, seed) => {
        const sample = createRandom(seed).sample(list, count)
        expect(new Set(sample).size).toBe(Math.min(count, list.length))
        expect(sample.every((entry) => list.includes(entry))).toBe(true)
      }),
    )
  })

  it('refuses to pick from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError)
  })

  it('forks by label, whatever was drawn before', () => {
    const [one, other] = [createRandom(5), createRandom(5)]
    other.next()
    expect(one.fork('a').next()).toBe(other.fork('a').next())
    expect(one.fork('a').next()).not.toBe(one.fork('b').next())
  })
})
