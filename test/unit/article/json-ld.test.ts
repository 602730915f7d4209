import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonLd, textOfMember, typesOf } from '../../../src/extractors/article/fields/json-ld.ts'

const headlinesOf = (...scripts: string[]): unknown[] =>
  readJsonLd(scripts)
    .nodes.map((node) => node['headline'])
    .filter((headline) => headline !== undefined)

describe('readJsonLd', () => {
  it('reads graphs, lists and several blocks in page order', () => {
    const graph = '{"@graph":[{"headline":"first"},[{"headline":"second"}]]}'
    expect(headlinesOf(graph, '[{"headline":"third"}]')).toEqual(['first', 'second', 'third'])
  })

  it.each([
    ['a raw line break', '{"headline":"one\ntwo"}', 'one\ntwo'],
    ['a raw tab and a control character', '{"headline":"one\ttwo\u0001"}', 'one\ttwo '],
    ['commas before closing brackets', '{"headline":"one","x":[1,2,],}', 'one'],
    ['quotes that are not escaped', '{"headline":"the "old" bridge","x":1}', 'the "old" bridge'],
    ['an escape that JSON does not know', String.raw`{"headline":"it\'s"}`, "it's"],
    ['comment marks around', '<!-- {"headline":"one"} -->', 'one'],
    ['CDATA marks around', '//<![CDATA[\n{"headline":"one"}\n//]]>', 'one'],
    ['quotes written as entities', '{&quot;headline&quot;:&quot;one &amp; two&quot;}', 'one & two'],
    ['a semicolon behind', '{"headline":"one"};', 'one'],
  ])('mends %s', (_what, script, headline) => {
    expect(headlinesOf(script)).toEqual([headline])
  })

  it('reads several values in one block', () => {
    expect(headlinesOf('{"headline":"one"}\n{"headline":"two"}')).toEqual(['one', 'two'])
  })

  it('leaves out what stays unreadable and keeps the other blocks', () => {
    expect(headlinesOf('{"headline": nonsense}', 'no json at all', '{"headline":"two"}')).toEqual(['two'])
  })

  it('follows references by @id, and only those', () => {
    const { resolve } = readJsonLd(['{"@graph":[{"@id":"#a","name":"Ann Lee"}]}'])
    expect(resolve({ '@id': '#a' })).toEqual({ '@id': '#a', name: 'Ann Lee' })
    expect(resolve({ '@id': '#b' })).toEqual({ '@id': '#b' })
    expect(resolve('Ann Lee')).toBeNull()
  })

  it('ends on graphs that are deeply nested', () => {
    const depth = 3_000
    const script = `${'{"mainEntity":'.repeat(depth)}{"headline":"deep"}${'}'.repeat(depth)}`
    expect(readJsonLd([script]).nodes.length).toBe(2_000)
  })

  it('never throws', () => {
    assert(
      property(array(string({ unit: constantFrom(...'{}[]",:\\a1\n <'.split('')) })), (scripts) => {
        expect(Array.isArray(readJsonLd(scripts).nodes)).toBe(true)
      }),
    )
  })
})

describe('textOfMember', () => {
  it('reads entities and markup, which are common though not allowed', () => {
    expect(textOfMember('Bread &amp; <em>butter</em>')).toBe('Bread & butter')
  })

  it('takes the first of a list, values of nodes and numbers', () => {
    expect(textOfMember(['one', 'two'])).toBe('one')
    expect(textOfMember({ '@value': 'one' })).toBe('one')
    expect(textOfMember({ name: { '@value': 'one' } })).toBe('one')
    expect(textOfMember(12)).toBe('12')
    expect(textOfMember({})).toBeNull()
    expect(textOfMember('  ')).toBeNull()
  })
})

describe('typesOf', () => {
  it('strips the vocabulary', () => {
    expect(typesOf({ '@type': ['http://schema.org/NewsArticle', 'schema:Article', 7] })).toEqual([
      'NewsArticle',
      'Article',
    ])
  })
})
