import { type AnyNode, DomHandler, isTag } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { array, assert, constantFrom, property } from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../src/extractors/page.ts'
import { ShallowParser, ShallowTree } from '../../../src/extractors/shallow-parser.ts'

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

const fragments =
  `<div> </div> <p> </p> <li> </li> <b> </b> <br> </br> <br/> <a> </a> <svg> </svg> <g/> <math> <title> </title> <table>
  <tr> <td> </table> <script> </script> <!--c--> <!doctype> text &amp; < > </ <option>`.split(/\s+/)

describe('the tree of a page', () => {
  it('is that of htmlparser2 as long as no page nests deeper than 1,500 elements', () => {
    assert(
      property(array(constantFrom(...fragments), { maxLength: 60, size: 'max' }), (parts) => {
        expect(serialised(parts.join(''))).toBe(plainly(parts.join('')))
      }),
    )
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

  it("keeps the parser's own notes short too, which take time with the square of their length", () => {
    const parser = new ShallowParser(new ShallowTree())
    parser.write('<div><p>'.repeat(50_000))
    expect(Reflect.get(parser, 'stack')).toHaveLength(1_499)
  })
})
