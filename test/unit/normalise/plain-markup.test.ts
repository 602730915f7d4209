import { type ChildNode, Element, isTag, Text } from 'domhandler'
import { findAll, getOuterHTML } from 'domutils'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../src/extractors/page.ts'
import { asCharacters, plainMarkup, sanitiseHtml } from '../../../src/normalise/html.ts'
import { sanitiseNodes } from '../../../src/normalise/sanitise-nodes.ts'

const base = 'https://news.example/a/'

function boxOf(html: string): Element {
  const [box] = parseHtml(`<div>${html}</div>`).children
  if (box === undefined || !isTag(box)) throw new Error('no box')
  return box
}

function viaSanitiser({ children }: Element): string {
  return sanitiseHtml(getOuterHTML(children, asCharacters), base)
}

/** The only tags that may come out, with the only attributes. */
const safeTag =
  /<\/?(?:p|h[1-6]|blockquote|pre|[uod]l|li|d[td]|fig(?:ure|caption)|em|strong|code)>|<[bh]r \/>|<a href="https?:[^"<>]*" rel="nofollow noopener noreferrer">|<\/a>|<img src="https?:[^"<>]*"(?: alt="[^"<>]*")? \/>|<blockquote(?: data-(?:author|ref)="[^"<>]+")+>|<ol start="[^"<>]+">/g

function expectSafe(html: string): void {
  expect(html.replaceAll(safeTag, '')).not.toMatch(/[<>]/)
}

const harmless = fc.constantFrom(
  '<p>',
  '</p>',
  '<br>',
  '<br/>',
  '<p class="x" onclick="y()">',
  '<a href="/b?c=1&amp;d=2#e">',
  '<a href="https://else.example/&quot;x" title="&quot;">',
  '<a name="x">',
  '</a>',
  '<em>',
  '</em>',
  '<b>',
  '</b>',
  '<span lang="x">',
  '</span>',
  '<h2>',
  '</h2>',
  '<ul><li>',
  '<li>',
  '</li></ul>',
  '<ol start="3"><li>',
  '</ol>',
  '<blockquote data-author="A &amp; B">',
  '</blockquote>',
  '<figure><img src="c.jpg" alt="&lt;d&gt; \'e\'"><figcaption>f</figcaption></figure>',
  '<img data-src="/g.jpg" alt>',
  '<img alt="none">',
  '<hr>',
  '<pre>\n a\n</pre>',
  '<dl><dt>a<dd>b</dl>',
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
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href=" data:text/html,<script>">x</a>',
  '<a href="http://[">x</a>',
  '<a href="https://x.example/<!--javascript:-->">x</a>',
  '<a href="//x.example" href="javascript:1">x</a>',
  '<a href="?\'onclick=alert(1)//">x</a>',
  '<blockquote data-author="" data-ref="\u0085">x</blockquote>',
  '<img src="javascript:alert(1)" data-src="x.png" alt="\uD800">',
  '<ol start="">',
  '<table><tr><td colspan=2>a<td>b</table>',
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

/** Any elements within any others, as no parser gives them. */
const { trees } = fc.letrec<{ trees: ChildNode; element: Element }>((tie) => ({
  trees: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words.map((text) => new Text(text)),
    tie('element'),
  ),
  element: fc
    .tuple(
      fc.constantFrom(
        ...'p p p span a a em b i cite tt h2 ul li ol dl dt dd blockquote pre figure figcaption img br hr time'.split(
          ' ',
        ),
        ...'picture source wbr q table tr td video label option rt svg unknown-element'.split(' '),
      ),
      fc.dictionary(
        fc.constantFrom(
          'href',
          'src',
          'alt',
          'class',
          'start',
          'data-ref',
          'data-author',
          'data-src',
          'onclick',
        ),
        fc.constantFrom(
          '',
          '/a',
          'https://b.example/?c&d="e"',
          'javascript:f()',
          '"><script>',
          '3',
          '\u0080',
        ),
        { maxKeys: 3 },
      ),
      fc.array(tie('trees'), { maxLength: 4 }),
    )
    .map(([name, attributes, children]) => elementOf(name, attributes, children)),
}))

function elementOf(name: string, attributes: Record<string, string>, children: ChildNode[]): Element {
  const isVoid = ['img', 'br', 'hr', 'source', 'wbr'].includes(name)
  return new Element(name, attributes, isVoid ? [] : children)
}

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
    ['<p><b>a</b></p>', '<p><strong>a</strong></p>'],
    [
      '<a href="/b">c</a><a href="javascript:x()">d</a>',
      '<a href="https://news.example/b" rel="nofollow noopener noreferrer">c</a>d',
    ],
    ['<p><video>a</video></p>', null],
    ['<p>a</p><script>1</script>', null],
    ['<p>a</p><!-- b -->', null],
    ['a&#129;b', null],
  ])('%s', (html, expected) => {
    expect(plainMarkup(boxOf(html), base)).toBe(expected)
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
          const plain = plainMarkup(element, base)
          if (plain === null) continue
          written += 1
          expect(plain).toBe(viaSanitiser(element))
          expectSafe(plain)
        }
      }),
      { numRuns: 1000 },
    )
    expect(written).toBeGreaterThan(500)
  })

  it('knows trees that would be others once written and read again', () => {
    let written = 0
    fc.assert(
      fc.property(fc.array(trees, { maxLength: 4 }), (nodes) => {
        const box = new Element('div', {}, nodes)
        const plain = plainMarkup(box, base)
        if (plain === null) return
        written += 1
        expect(plain).toBe(viaSanitiser(box))
        expectSafe(plain)
      }),
      { numRuns: 2000 },
    )
    expect(written).toBeGreaterThan(500)
  })
})

describe('sanitiseNodes', () => {
  it('writes what the sanitiser makes of all nodes together', () => {
    fc.assert(
      fc.property(fc.array(trees, { maxLength: 6 }), (nodes) => {
        const html = getOuterHTML(nodes, asCharacters)
        expect(sanitiseNodes(nodes, base)).toBe(sanitiseHtml(html, base))
      }),
      { numRuns: 1000 },
    )
  })
})
