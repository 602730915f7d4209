import { describe, expect, it } from 'vitest'
import { duration, octets, percent } from '../../../src/dashboard/figures.ts'
import { foreign, href, outward, marked } from '../../../src/dashboard/markup.ts'
import { Query, wholeOf } from '../../../src/dashboard/page.ts'

describe('what comes from outside', () => {
  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example/',
    'no address',
    '',
  ])('is no link where it is no address of the web: %s', async (url) => {
    expect(String(await outward(url))).not.toMatch(/href/)
  })

  it('is escaped, also in attributes', async () => {
    const hostile = `"><script>alert('1')</script>&`
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;'
    expect(String(await foreign(hostile))).toBe(`<bdi>${escaped}</bdi>`)
    expect(String(await outward(`https://a.example/?q="><script>`, hostile))).toBe(
      `<a href="https://a.example/?q=&quot;&gt;&lt;script&gt;" rel="noopener noreferrer nofollow"><bdi>${escaped}</bdi></a>`,
    )
  })

  it('is marked where the database found the words, and is text all the same', async () => {
    const given = 'a &lt;b&gt; &amp;amp; <mark>c&quot;</mark> <script>d</script>'
    expect(String(await marked(given)).replaceAll(/\s+/g, ' ')).toBe(
      '<span dir="auto" >a &lt;b&gt; &amp;amp; <mark>c&quot;</mark> &lt;script&gt;d&lt;/script&gt;</span >',
    )
  })

  it('is a query that means what was asked', () => {
    expect(href('/runs', { site: 'a&b=c d', outcome: null, before: 7 })).toBe(
      '/runs?site=a%26b%3Dc+d&before=7',
    )
    expect(href('/runs', { site: null })).toBe('/runs')
    const query = (given: string) => new Query(() => given)
    expect(query(' \0 two words \uD800 ').text('words')).toBe('two words \uFFFD')
    expect(query('  ').text('words')).toBeNull()
    expect(query('x'.repeat(1000)).text('words')).toHaveLength(200)
    expect(query('b').oneOf('of', ['a', 'b'])).toBe('b')
    expect(query('c').oneOf('of', ['a', 'b'])).toBeNull()
  })

  it.each([
    ['12', 12],
    ['-3', -3],
    ['1e9', null],
    ['12; drop table', null],
    ['9'.repeat(16), null],
    ['', null],
    [undefined, null],
  ])('is a whole number or none: %s', (given, number) => {
    expect(wholeOf(given)).toBe(number)
  })
})

describe('figures', () => {
  it.each([
    [0, 0, '–'],
    [0, 9, '0 %'],
    [9, 9, '100 %'],
    [99_999, 100_000, '> 99.9 %'],
    [1, 100_000, '< 0.1 %'],
    [2, 3, '66.7 %'],
  ])('%d of %d is %s', (part, all, told) => {
    expect(percent(part, all)).toBe(told)
  })

  it('have units', () => {
    expect([0, 59, 60, 3599, 7200, 172_799, 172_800].map(duration)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '59 min',
      '2 h',
      '47 h',
      '2 d',
    ])
    expect([999, 1500, 2_000_000].map(octets)).toEqual(['999 B', '1.5 kB', '2.0 MB'])
  })
})
