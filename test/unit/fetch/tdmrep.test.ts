import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTdmRules } from '../../../src/crawlers/fetch/tdmrep.ts'

const policy = 'https://paper.example/terms.json'
const reserved = { reservation: '1', policy: null }
const open = { reservation: '0', policy: null }
const unreadable = { reservation: 'unreadable', policy: null }
const rule = (location: unknown, reservation: unknown, more = {}) => ({
  location,
  'tdm-reservation': reservation,
  ...more,
})

const said = (rules: unknown, path: string) =>
  parseTdmRules(JSON.stringify(rules))(`https://paper.example${path}`)

describe('a tdmrep.json', () => {
  it.each<[string, unknown, string, unknown]>([
    ['covers a folder', [rule('/news/', 1)], '/news/ferry.html', reserved],
    ['covers what its wildcard does', [rule('/*', 1)], '/', reserved],
    ['covers to the end of the address', [rule('*.pdf$', 1)], '/a.pdf?x=1', null],
    ['says nothing of other folders', [rule('/images/', 1)], '/news/ferry.html', null],
    ['counts by the first rule that covers', [rule('/news/', 0), rule('/', 1)], '/news/x', open],
    [
      'counts by the first, though a later one is longer',
      [rule('/', 1), rule('/news/', 0)],
      '/news/x',
      reserved,
    ],
    [
      'matches octets in either spelling',
      [rule('/новости/', 1)],
      '/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1',
      reserved,
    ],
    ['knows the query', [rule('/*?print=', 1)], '/a?print=1', reserved],
    ['takes a number in quotes', [rule('/', '1')], '/a', reserved],
    ['keeps the terms', [rule('/', 1, { 'tdm-policy': policy })], '/a', { reservation: '1', policy }],
    ['may be one rule alone', rule('/', 1), '/a', reserved],
    ['may be empty', [], '/a', null],
    ['reserves where it can not be read', [rule('/news/', { no: 1 })], '/news/a', unreadable],
    ['reserves nothing else then', [rule('/news/', { no: 1 })], '/sport/a', null],
    ['reserves everything where the location can not be read', [{ 'tdm-reservation': 0 }], '/a', unreadable],
  ])('%s', (_what, rules, path, expected) => {
    expect(said(rules, path)).toEqual(expected)
  })

  it.each<[string, string, unknown]>([
    ['a page of HTML', '<!DOCTYPE html><title>Not found</title>', null],
    ['nothing', '', null],
    ['words', 'not found', null],
    ['a list that is cut', '[{"location": "/", "tdm-reservation": 0},', unreadable],
    ['a byte order mark', '\uFEFF [{"location": "/", "tdm-reservation": 1}]', reserved],
  ])('may come as %s', (_what, text, expected) => {
    expect(parseTdmRules(text)('https://paper.example/a')).toEqual(expected)
  })

  it('takes any text and any JSON, for any address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.webUrl(), (text, url) => {
        const answer = parseTdmRules(text)(url)
        expect(answer === null || typeof answer.reservation === 'string').toBe(true)
      }),
    )
  })

  it('takes 10,000 rules with wildcards within a moment', () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => rule(`/*a*b*${index}$`, 1))
    const url = `https://paper.example/${'ab'.repeat(1000)}`
    const compiled = parseTdmRules(JSON.stringify(rules))
    const started = process.cpuUsage()
    expect(compiled(url)).toBe(null)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(500)
  })
})
