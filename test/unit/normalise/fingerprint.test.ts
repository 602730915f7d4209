import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { contentHash, NORMALISER_VERSION } from '../../../src/normalise/fingerprint.ts'

it('hashes version, number of parts and each part with its length in bytes', () => {
  const expected = createHash('sha256').update(`v${NORMALISER_VERSION}:3\n2\né-\n1\nx`).digest('hex')
  expect(contentHash(['é', null, 'x'])).toBe(expected)
})

it('differs whenever the parts differ', () => {
  const parts = fc.array(fc.option(fc.string({ maxLength: 3 })), { maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (first, second) => {
      const isSame = JSON.stringify(first) === JSON.stringify(second)
      expect(contentHash(first) === contentHash(second)).toBe(isSame)
    }),
  )
  expect(contentHash(['ab', 'c'])).not.toBe(contentHash(['a', 'bc']))
  expect(contentHash([null])).not.toBe(contentHash(['']))
})
