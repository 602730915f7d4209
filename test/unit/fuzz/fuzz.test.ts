import { describe, expect, it } from 'vitest'
import { fuzzCase } from '../../fuzz/fuzz-case.ts'
import { batchFault, markupFault, textFault } from '../../fuzz/invariants.ts'
import { mutateMarkup } from '../../fuzz/mutations.ts'
import { runFuzz } from '../../fuzz/run-fuzz.ts'
import { faultOf, type FuzzTarget, fuzzTargets } from '../../fuzz/targets.ts'
import { commentOf } from '../../../src/extractors/comments/comment.ts'
import { Failure } from '../../../src/failure.ts'

const seed = 20_260_401
const target = (check: FuzzTarget['check']): FuzzTarget => ({
  name: 'parser',
  seeds: ['<p>one</p><p>two</p>'],
  mutate: mutateMarkup,
  check,
})

describe('spoilt inputs', () => {
  it('break nothing that reads what strangers send', { timeout: 120_000 }, async () => {
    const targets = await fuzzTargets()
    const platforms = new Set(targets.map(({ name }) => /answers of ([\w-]+)/.exec(name)?.[1]))
    expect(platforms.size).toBeGreaterThan(30)
    const faults: string[] = []
    for (let number = 0; number < 110; number += 1) {
      const { target, input } = fuzzCase(targets, seed, number)
      const fault = await faultOf(target, input)
      if (fault !== null) faults.push(`number ${number}, ${target.name}: ${fault}`)
    }
    expect(faults).toEqual([])
  })

  it('are tried in a thread of their own, for as long as asked', { timeout: 120_000 }, async () => {
    const { inputs, faults } = await runFuzz(seed, 1, 5)
    expect(inputs).toBeGreaterThan(0)
    expect(faults).toEqual([])
  })

  it('come again by seed and number', () => {
    const targets = [target(() => null)]
    const inputs = Array.from({ length: 50 }, (_, number) => fuzzCase(targets, seed, number).input)
    expect(new Set(inputs).size).toBeGreaterThan(30)
    expect(fuzzCase(targets, seed, 7).input).toBe(inputs[7])
    expect(fuzzCase(targets, seed + 1, 7).input).not.toBe(inputs[7])
  })
})

describe('a fault is', () => {
  it('whatever is thrown but a failure', async () => {
    const failure = target(() => Promise.reject(new Failure('not_a_feed', 'no feed')))
    const fault = target(() => {
      throw new TypeError('x is undefined')
    })
    expect(await faultOf(failure, '')).toBe(null)
    expect(await faultOf(fault, '')).toMatch(/^threw TypeError: x is undefined/)
  })

  it.each([
    ['<p onclick="x()">a</p>', '<p> has onclick'],
    ['<p>a<script>x</script></p>', 'the markup holds <script>'],
    ['<a href="javascript:x">a</a>', '<a> leads to javascript:x'],
    ['<a href="https://a.example/" rel="nofollow">a</a>', null],
  ])('markup that does something: %s', (html, fault) => {
    expect(markupFault(html)).toBe(fault)
  })

  it.each<[unknown, string | null]>([
    [{ a: ['b\u0000'] }, '.a.0 holds U+0000'],
    [{ a: '\uD800' }, '.a holds half a character'],
    [{ at: new Date(Number.NaN) }, '.at is no moment'],
    [{ at: new Date(0), count: 3, none: null }, null],
  ])('a value that no database takes', (value, fault) => {
    expect(textFault(value)).toBe(fault)
  })

  it('a comment without an id, from the future, or with an address that is none', () => {
    const at = new Date('2026-04-01')
    const faultOfComment = (comment: Parameters<typeof commentOf>[0]) =>
      batchFault({ comments: [commentOf(comment)], next: [] }, at)
    expect(faultOfComment({ nativeId: '1', publishedAt: at, permalink: 'https://a.example/#1' })).toBe(null)
    expect(faultOfComment({ nativeId: '' })).toMatch('no id')
    expect(faultOfComment({ nativeId: '1', publishedAt: new Date('2027-01-01') })).toMatch('out of range')
    expect(faultOfComment({ nativeId: '1', permalink: '7' })).toMatch('address')
  })
})
