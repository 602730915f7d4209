import { isTag, type Element } from 'domhandler'
import { findAll, getOuterHTML } from 'domutils'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../src/extractors/page.ts'
import { plainMarkup, sanitiseHtml } from '../../../src/normalise/html.ts'

const base = 'https://news.example/a/'

function boxOf(html: string): Element {
  const [box] = parseHtml(`<div>${html}</div>`).children
  if (box === undefined || !isTag(box)) throw new Error('no box')
  return box
}

function viaSanitiser({ children }: Element): string {
  return sanitiseHtml(getOuterHTML(children), base)
}

const harmless = fc.constantFrom(
  '<p>',
  '</p>',
  '<br>',
  '<br/>',
  '<p class="x" onclick="y()">',
  '</br>',
  ' ',
  '\n',
)
const words = fc.oneof(
  fc.constantFrom(
    'words',
    'Слова',
    '“a” — b',
    '&lt;script&gt;',
    '&amp;lt;',
    '&amp;',
    '&',
    '&nbsp;',
    '&#128;',
    '&#0;',
  ),
  fc.constantFrom(
    '\u0080',
    '\u0000',
    '\r\n',
    '\uD800',
    '\u2028',
    '😀',
    '$',
    '"\'',
    '<',
    '>',
    '&#x3c;img&#62;',
    'e\u0301',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ maxLength: 6, unit: 'binary' }),
)
const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '<script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<p title="<div><script>">',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<p>x</p>]]>',
  '<textarea><p>',
  '<xmp><p>a</xmp>',
  '<plaintext>',
  '<math><mi><p>',
  '<style><p>a</style>',
  '<template><p>a</p></template>',
  '<span>a</span>',
  '<div>',
  '<blockquote><p>a</p></blockquote>',
  '<?php ?>',
  '<!doctype p>',
  '<b>x',
  '<p/>',
  '</div>',
)

describe('plainMarkup', () => {
  it.each([
    ['<p>Well said.</p>\n<p>I agree<br>with <x> you &amp; me</p>', null],
    [
      '<p>Well said.</p>\n<p>I agree<br>with you &amp; &lt;b&gt;</p>',
      '<p>Well said.</p>\n<p>I agree<br />with you &amp; &lt;b&gt;</p>',
    ],
    ['words <br> alone', 'words <br /> alone'],
    ['<p>&nbsp;<br></p>a<p></p>', 'a'],
    ['<p onclick="x()" class="c">a</p>', '<p>a</p>'],
    ['<p><b>a</b></p>', null],
    ['<p>a</p><script>1</script>', null],
    ['<p>a</p><!-- b -->', null],
    ['a&#129;b', null],
  ])('%s', (html, expected) => {
    expect(plainMarkup(boxOf(html))).toBe(expected)
  })

  it('writes what the sanitiser makes of the same nodes, or nothing', () => {
    let written = 0
    const part = fc.oneof(
      { weight: 6, arbitrary: harmless },
      { weight: 6, arbitrary: words },
      { weight: 1, arbitrary: hostile },
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const box = boxOf(parts.join(''))
        for (const element of [box, ...findAll(() => true, box.children)]) {
          const plain = plainMarkup(element)
          if (plain === null) continue
          written += 1
          expect(plain).toBe(viaSanitiser(element))
          expect(plain.replaceAll(/<\/?p>|<br \/>/g, '')).not.toMatch(/[<>]/)
        }
      }),
      { numRuns: 1000 },
    )
    expect(written).toBeGreaterThan(500)
  })
})
