import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRobots, type RobotsRules } from '../../../src/crawlers/fetch/robots.ts'

const parse = (text: string, token = 'Commentariat'): RobotsRules =>
  parseRobots(new TextEncoder().encode(text), token)
const allows = (text: string, path: string, token?: string): boolean =>
  parse(text, token).allows(`https://news.example${path}`)

describe('groups', () => {
  it.each(['Commentariat', 'COMMENTARIAT', 'commentariat/1.0', 'Commentariat beta'])(
    'takes %s for our token',
    (name) => {
      expect(allows(`User-agent: ${name}\nDisallow: /a`, '/a')).toBe(false)
    },
  )

  it.each(['Comment', 'Commentariat-News', 'Commentariat_x', 'bot'])('does not take %s for it', (name) => {
    expect(allows(`User-agent: ${name}\nDisallow: /a`, '/a')).toBe(true)
  })

  it('merges all groups that name us, however far apart', () => {
    const text =
      'User-agent: commentariat\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: y\nUser-agent: Commentariat\nDisallow: /b'
    expect([allows(text, '/a'), allows(text, '/b'), allows(text, '/c')]).toEqual([false, false, true])
  })

  it('uses the group for everyone only when none names us', () => {
    const text = 'User-agent: *\nDisallow: /\nUser-agent: Commentariat\nDisallow: /a'
    expect([allows(text, '/b'), allows(text, '/b', 'Other')]).toEqual([true, false])
    expect(allows('User-agent: *\nDisallow: /\nUser-agent: Commentariat\n', '/b')).toBe(true)
  })

  it('passes over rules before the first group', () => {
    expect(allows('Disallow: /a\nUser-agent: *\nDisallow: /b', '/a')).toBe(true)
  })

  it.each([
    'Sitemap: https://news.example/s.xml',
    'Crawl-delay: 5',
    'Unknown: line',
    'no separator here',
    '# remark',
    '',
  ])('does not end a group at "%s"', (line) => {
    expect(allows(`User-agent: Commentariat\n${line}\nUser-agent: x\nDisallow: /a`, '/a')).toBe(false)
  })
})

describe('matching', () => {
  it.each<[string, string, boolean]>([
    ['Disallow: /a', '/a', false],
    ['Disallow: /a', '/abc?d', false],
    ['Disallow: /a', '/A', true],
    ['Disallow: /a', '/b/a', true],
    ['Disallow:', '/a', true],
    ['Disallow: a', '/abc', false],
    ['Disallow: /a\nAllow: /a', '/a', true],
    ['Allow: /a\nDisallow: /a/b', '/a/b', false],
    ['Disallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['Disallow: /*.pdf$', '/x/y.pdf', false],
    ['Disallow: /*.pdf$', '/x/y.pdf?z', true],
    ['Disallow: /a*b*c', '/a1b2c3', false],
    ['Disallow: /a*b*c', '/a1c2b3', true],
    ['Disallow: /ab$', '/ab', false],
    ['Disallow: /*ab*ab$', '/ab', true],
    ['Disallow: /*ab*ab$', '/abab', false],
    ['Disallow: /$', '/', false],
    ['Disallow: /$', '/a', true],
    ['Disallow: /*', '/a', false],
    ['Disallow: /a # remark', '/a', false],
    ['Disallow: /a$b', '/a$b', false],
    ['Disallow: /a%2Ab', '/a*b', false],
    ['Disallow: /a%2Ab', '/axb', true],
    ['Disallow: /', '/robots.txt', true],
    ['DISALLOW : /a', '/a', false],
    ['dissallow: /a', '/a', false],
    ['Disallow /a', '/a', false],
    ['Disallow /a b', '/a', true],
  ])('%s, %s: %s', (rules, path, expected) => {
    expect(allows(`User-agent: *\n${rules}`, path)).toBe(expected)
  })

  it.each<[string, string, boolean]>([
    ['Disallow: /новости', '/новости/1', false],
    ['Disallow: /новости', '/%d0%bd%d0%be%d0%b2%d0%be%d1%81%d1%82%d0%b8', false],
    ['Disallow: /%D0%BD', '/новости', false],
    ['Disallow: /%62%61%7a', '/baz', false],
    ['Disallow: /baz', '/%62%61%7A', false],
    ['Disallow: /a%2fb', '/a%2Fb', false],
    ['Disallow: /a%2fb', '/a/b', true],
    ['Disallow: /{id}', '/{id}', false],
    ['Disallow: /\nAllow: /ã', '/ã', true],
    ['Disallow: /\nAllow: /%62%61%7A', '/%62%61%7A', true],
    ['Disallow: /\nAllow: /%62%61%7A', '/baz', false],
  ])('encodings: %s, %s: %s', (rules, path, expected) => {
    expect(allows(`User-agent: *\n${rules}`, path)).toBe(expected)
  })
})

describe('the matcher', () => {
  it('agrees with a plain regular expression', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '.'), { maxLength: 8 })
      .map((parts) => `/${parts.join('')}`)
    const path = fc
      .array(fc.constantFrom('a', 'b', '/', '.', 'c'), { maxLength: 12 })
      .map((parts) => `/c${parts.join('')}c`)
    fc.assert(
      fc.property(pattern, fc.boolean(), path, (value, toEnd, candidate) => {
        const source = value.replaceAll(/\*+/g, '*').replaceAll('.', '\\.').replaceAll('*', '.*')
        const expected = !new RegExp(`^${source}${toEnd ? '$' : ''}`).test(
          new URL(candidate, 'https://news.example').pathname,
        )
        expect(allows(`User-agent: *\nDisallow: ${value}${toEnd ? '$' : ''}`, candidate)).toBe(expected)
      }),
    )
  })

  it('does not slow down on hostile patterns and paths', () => {
    const rules = parse(`User-agent: *\nDisallow: /${'*a'.repeat(8_000)}b\nDisallow: /${'*'.repeat(8_000)}b`)
    expect(rules.allows(`https://news.example/${'a'.repeat(100_000)}`)).toBe(true)
  })
})

describe('the file', () => {
  it.each(['\n', '\r\n', '\r'])('takes any line end (%j) and a byte order mark', (end) => {
    const text = `\uFEFF${['User-agent: *', 'Disallow: /a', 'Crawl-delay: 2.5'].join(end)}`
    expect([allows(text, '/a'), parse(text).crawlDelaySeconds]).toEqual([false, 2.5])
  })

  it('has no rules when it is a page of HTML or binary octets', () => {
    expect(allows('  <!doctype html><pre>\nUser-agent: *\nDisallow: /\n</pre>', '/a')).toBe(true)
    expect(
      parseRobots(
        Uint8Array.from({ length: 5_000 }, (_, index) => (index * 89) % 256),
        'x',
      ).allows('https://a.example/'),
    ).toBe(true)
  })

  it('gives the crawl delay of the group that holds, the longest if there are several', () => {
    expect(parse('User-agent: *\nCrawl-delay: 5\nCrawl-delay: 9\nCrawl-delay: soon').crawlDelaySeconds).toBe(
      9,
    )
    expect(
      parse('User-agent: *\nCrawl-delay: 5\nUser-agent: Commentariat\nDisallow:').crawlDelaySeconds,
    ).toBeNull()
  })

  it('gives all sitemaps, whoever they stand under', () => {
    const text = 'Sitemap: https://news.example/карта.xml\nUser-agent: x\nDisallow: /\nsite-map: /b.xml'
    expect(parse(text).sitemaps).toEqual(['https://news.example/карта.xml', '/b.xml'])
  })

  it('reads 500 KiB', () => {
    const rule = '\nDisallow: /late'
    const start = 'User-agent: *\n'
    const text = start + '#'.repeat(512_000 - start.length - rule.length) + rule
    expect([text.length, allows(text, '/late')]).toEqual([512_000, false])
  })
})

describe('what is said of automatic use', () => {
  const usage = (text: string, path: string): string | null =>
    parse(text).contentUsage(`https://news.example${path}`)

  it('is that of the group that holds, by the longest match', () => {
    const text = [
      'User-agent: *',
      'Content-Usage: train-ai=n',
      'Content-Usage: /open/ train-ai=y',
      'Content-Signal: search=yes',
      'User-agent: Other',
      'Content-Usage: bots=n',
    ].join('\n')
    expect(usage(text, '/a')).toBe('train-ai=n, search=yes')
    expect(usage(text, '/open/a')).toBe('train-ai=y')
    expect(usage('User-agent: *\nDisallow: /a', '/a')).toBeNull()
  })

  it('does not end a group', () => {
    expect(allows('User-agent: a\nContent-Usage: bots=n\nUser-agent: *\nDisallow: /x', '/x')).toBe(false)
  })
})

it('takes under 50 ms to decide among 20,000 rules with wildcards', () => {
  const rules = parse(
    `User-agent: *\n${Array.from({ length: 20_000 }, (_, n) => `Disallow: /*a${n}*b$`).join('\n')}`,
  )
  for (const path of ['/', `/${'a'.repeat(2_000)}`, `/${'a1'.repeat(8_000)}`, '/a19999/b']) {
    const start = process.cpuUsage()
    rules.allows(`https://news.example${path}`)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1_000, path.slice(0, 10)).toBeLessThan(50)
  }
})
