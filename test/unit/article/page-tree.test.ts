import { type AnyNode, DomHandler, isTag } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { array, assert, constantFrom, property } from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../src/extractors/page.ts'

const serialised = (html: string): string => getOuterHTML(parseHtml(html).children)

function plainly(html: string): string {
  const tree = new DomHandler()
  new Parser(tree, { decodeEntities: true }).end(html)
  return getOuterHTML(tree.root.children)
}

/** Levels of elements, without recursion. */
function depthOf(html: string): number {
  let deepest = 0
  const open: [node: AnyNode, depth: number][] = [[parseHtml(html), 0]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, depth] = next
    deepest = Math.max(deepest, depth)
    if (isTag(node) || depth === 0)
      for (const child of 'children' in node ? node.children : [])
        if (isTag(child)) open.push([child, depth + 1])
  }
  return deepest
}

const fragments = [
  ...`<div> </div> <p> </p> <li> </li> <b> </b> <br> </br> <br/> <a> </a> <svg> </svg> <g/> <math> <title> </title> <table>
  <tr> <td> </table> <script> </script> <!--c--> <!doctype> text &amp; < > </ <option> <textarea> </TEXTAREA\t> <title/> <svg/>
  <!-- --> <!--> <!-x> <!> <?x?> </&> <p/></p/> &lt &copy= &#65;&#x42 &nbsp;&bogus;&ampx; <td> </title</title> = " ' /`.split(
    /\s+/,
  ),
  ' ',
  '<a href="?a&amp;b&copy=1&copy;&#39;\'>" Class=\'x"&lt\' id=a/&quot;"b c = d e= >',
  '<a =b c=>d</a >',
  '<img/src=x / alt/>',
  '</ p\nid="x">',
]

describe('the tree of a page', () => {
  it('is that of htmlparser2 as long as no page nests deeper than 1,500 elements', () => {
    assert(
      property(array(constantFrom(...fragments), { maxLength: 60, size: 'max' }), (parts) => {
        // A tag that breaks off is none; htmlparser2 tells its last letters as text, or the page's.
        const html = `${parts.join('')}">'>-->`
        expect(serialised(html)).toBe(plainly(html))
      }),
    )
  })

  it('has an attribute only where it is written, whatever its name', () => {
    const html = '<p constructor __proto__=b toString=c constructor=d>e</p><p>a</p></p></br>'
    const [odd, ...plain] = parseHtml(html).children.filter(isTag)
    if (odd === undefined) throw new Error('no element')
    expect(plain.map(({ name }) => name)).toEqual(['p', 'p', 'br'])
    for (const name of ['constructor', '__proto__', 'tostring', 'valueOf'])
      expect(plain.map(({ attribs }) => attribs[name])).toEqual([undefined, undefined, undefined])
    expect(Object.entries(odd.attribs)).toEqual([
      ['constructor', ''],
      ['__proto__', 'b'],
      ['tostring', 'c'],
    ])
  })

  it('leaves out a tag that breaks off with the page', () => {
    for (const cut of ['<a href="x', '<br /', '</div foo', '<s', '</p', '<p class'])
      expect(serialised(`<p>text</p>${cut}`)).toBe('<p>text</p>')
  })

  it.each([
    ['div', 100_000],
    ['b', 100_000],
    ['table><tr><td', 30_000],
    ['ul><li', 50_000],
    ['svg', 100_000],
  ])('is 1,500 deep at most: <%s>', (tags, times) => {
    expect(depthOf(`<${tags}>`.repeat(times))).toBe(1_500)
  })

  it('keeps everything of elements that are nested too deep', () => {
    const link = (index: number): string => `<a href="/${index}">link <br>${index}</a>`
    const links = Array.from({ length: 3 }, (_, index) => link(index)).join(' and ')
    const deep = `${'<div>'.repeat(1_499)}<section id="s">before ${links} behind</section>`
    const html = serialised(`${deep}${'</div>'.repeat(1_499)}<p>after</p>`)
    expect(html).toContain('<section id="s">before </section><a href="/0">link <br>0</a> and <a href="/1">')
    expect(html).toMatch(/2<\/a> behind(?:<\/div>){1499}<p>after<\/p>$/)
  })

  it('goes on at the right place after what was nested too deep', () => {
    const html = serialised(`<main>${'<div>'.repeat(5_000)}x${'</div>'.repeat(5_000)}<p>after</p></main>end`)
    expect(html.endsWith('</div><p>after</p></main>end')).toBe(true)
    const unclosed = serialised(`<main><ul>${'<b>'.repeat(5_000)}x</ul><b>after</b> it</main>end`)
    expect(unclosed.endsWith('</b></ul><b>after</b> it</main>end')).toBe(true)
  })
})
