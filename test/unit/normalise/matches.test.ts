import { describe, expect, it } from 'vitest'
import { matchesOf } from '../../../src/normalise/matches.ts'

describe('matchesOf', () => {
  it.each([
    [/\d+/g, 'May 4, 2026 at 10'],
    [/x*/g, 'axxbx'],
    [/(?:)/gu, 'né'],
    [/z/g, ''],
  ])('finds what matchAll finds by %s', (pattern, text) => {
    const found = (matches: Iterable<RegExpExecArray>) => [...matches].map((match) => [match.index, match[0]])
    expect(found(matchesOf(pattern, text))).toEqual(found(text.matchAll(pattern)))
    // Whoever was left half-way does not spoil the next search.
    matchesOf(pattern, text).next()
    expect(found(matchesOf(pattern, text))).toEqual(found(text.matchAll(pattern)))
  })
})
