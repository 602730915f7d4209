import { expect, it } from 'vitest'
import { z } from 'zod'
import { jsonOf } from '../../../src/extractors/comments/json/read-json.ts'
import { address, id, reference } from '../../../src/extractors/comments/json/fields.ts'

it.each<[unknown, string | null]>([
  ['17', '17'],
  [17, '17'],
  ['a\u0000b\uD800', 'ab\uFFFD'],
  ['', null],
  ['\u0000', null],
  [1.5, null],
  [null, null],
])('the id %j is %j', (given, expected) => {
  expect(id.safeParse(given).data ?? null).toBe(expected)
})

it.each<[unknown, string | null]>([
  ['17', '17'],
  [0, null],
  ['0', null],
  ['\u0000', null],
  ['\uDC00', '\uFFFD'],
  [undefined, null],
  [{}, null],
])('the reference %j is %j', (given, expected) => {
  expect(reference.parse(given)).toBe(expected)
})

it.each<[unknown, string]>([
  ['https://paper.example/a#comment-1', 'https://paper.example/a#comment-1'],
  ['javascript:alert(1)', ''],
  ['/a', ''],
  [9_007_199_254_740_992, ''],
  [null, ''],
])('the address %j is %j', (given, expected) => {
  expect(address.parse(given)).toBe(expected)
})

it('names of prototypes in JSON change nothing but what was read', () => {
  const text =
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "id": 1, "id": 2}'
  const answer = { url: 'https://paper.example/', status: 200, headers: {}, text, fetchedAt: new Date(0) }
  const read = z.object({ id, polluted: z.number().optional() }).parse(jsonOf(answer))
  expect(read).toEqual({ id: '2' })
  expect('polluted' in {}).toBe(false)
})
