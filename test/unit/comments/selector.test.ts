import { compile, selectAll } from 'css-select'
import { type AnyNode, type Document, Element, isTag, type ParentNode } from 'domhandler'
import { appendChild, findAll, prependChild, removeElement } from 'domutils'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ElementIndex } from '../../../src/extractors/element-index.ts'
import { parseHtml } from '../../../src/extractors/page.ts'
import { selector } from '../../../src/extractors/selector.ts'

const tags = fc.constantFrom('div', 'p', 'a', 'li', 'ul', 'script', 'time')
const words = fc.constantFrom('one', 'two', 'one-two', 'ONE', 'on', 'a.b')
const attributes = fc.record(
  {
    id: words,
    class: fc.array(words, { maxLength: 3 }).map((names) => names.join(' \n')),
    href: fc.constantFrom('', '/x#comment-1', '#comments'),
    type: fc.constantFrom('text', 'TEXT'),
    title: words,
  },
  { requiredKeys: [] },
)

/** Begins and ends of elements at random; the parser closes what is left open. */
const markup = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(tags, attributes) },
      fc.constantFrom('</div>', '</p>', '</li>', '</ul>', '</script>', 'words', '<!-- note -->'),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.map((part) => (typeof part === 'string' ? part : openTag(...part))).join(''))

function openTag(tag: string, given: Record<string, string | undefined>): string {
  const written = Object.entries(given).map(([name, value]) => ` ${name}="${value ?? ''}"`)
  return `<${tag}${written.join('')}>`
}

const condition = fc.oneof(
  fc.constantFrom('#one', '#two', '.one', '.two', '.one-two', '.a\\.b', '[id]', '[CLASS]', '[title=one]'),
  fc.constantFrom(
    '[id="one"]',
    '[id="one" i]',
    '[class~="one"]',
    '[class~="on" i]',
    '[class~=""]',
    '[class~="a b"]',
  ),
  fc.constantFrom(
    '[class*="o"]',
    '[class^="one"]',
    '[class$="two"]',
    '[id*=""]',
    '[id!="one"]',
    '[class|="one"]',
  ),
  fc.constantFrom(
    '[href$="#comments"]',
    '[type="text"]',
    '[title=""]',
    ':not(.one)',
    ':not([id])',
    ':first-child',
  ),
  fc.constantFrom(':has(.two)', ':has(> a[href*="#comment-"])', ':is(#one, p)', ':empty'),
)
const compound = fc
  .tuple(fc.constantFrom('', '*', 'div', 'A', 'li', 'time', 'script'), fc.array(condition, { maxLength: 2 }))
  .map(([tag, conditions]) => `${tag}${conditions.join('')}` || '*')
const complex = fc
  .array(fc.tuple(compound, fc.constantFrom(' ', ' > ', ' + ', ' ~ ')), { minLength: 1, maxLength: 3 })
  .map((steps) => steps.map(([part, combinator], place) => (place === 0 ? part : combinator + part)).join(''))
const selectors = fc.array(complex, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(', '))

/** What a change of a tree does to one of its elements. */
const changes = fc.array(
  fc.tuple(fc.nat(40), fc.constantFrom('remove', 'last', 'first', 'name', 'class', 'id', 'add' as const)),
  { maxLength: 4 },
)

function change(document: Document, [place, kind]: [number, string]): void {
  const elements = findAll(() => true, document.children)
  const element = elements[place % Math.max(1, elements.length)]
  if (element === undefined) return
  if (kind === 'remove') removeElement(element)
  else if (kind === 'last') appendChild(document, element)
  else if (kind === 'first') prependChild(document, element)
  else if (kind === 'name') element.name = 'p'
  else if (kind === 'class') element.attribs['class'] = 'two one'
  else if (kind === 'id') delete element.attribs['id']
  else appendChild(element, new Element('li', { class: 'one' }))
}

function roots(document: Document): ParentNode[] {
  return [document, ...findAll(() => true, document.children).slice(0, 5)]
}

function expectSame(css: string, document: Document): void {
  const asked = selector(css)
  const matches = compile<AnyNode, Element>(css, { cacheResults: false })
  for (const root of roots(document)) {
    const expected = selectAll<AnyNode, Element>(matches, root)
    const index = new ElementIndex(root)
    for (const found of [asked.all(root), asked.all(index)]) {
      expect(found.length).toBe(expected.length)
      expect(found.every((element, place) => element === expected[place])).toBe(true)
    }
    const one = expected[0] ?? null
    expect(asked.first(root) === one && asked.first(index) === one).toBe(true)
  }
}

describe('selector', () => {
  it('finds what css-select finds, in a tree and by its index, also after the tree was changed', () => {
    fc.assert(
      fc.property(markup, selectors, changes, (html, css, steps) => {
        const document = parseHtml(html)
        expectSame(css, document)
        for (const step of steps) change(document, step)
        expectSame(css, document)
      }),
      { numRuns: 200 },
    )
  })

  it('sees a changed tree at once, and in an index the tree as it was', () => {
    const document = parseHtml('<p class=one>1</p><p class=two>2</p>')
    const index = new ElementIndex(document)
    const ones = selector('p.one')
    const before = ones.all(document)
    for (const element of before) removeElement(element)
    expect(ones.all(document)).toEqual([])
    expect(ones.first(document)).toBeNull()
    expect(ones.all(index)).toEqual(before)
  })

  it('works on trees of any depth', () => {
    const document = parseHtml('')
    let inner: ParentNode = document
    for (let depth = 0; depth < 20_000; depth += 1) {
      const box = new Element('div', {})
      appendChild(inner, box)
      inner = box
    }
    appendChild(inner, new Element('b', { id: 'deep' }))
    expect(isTag(selector('#deep').first(document) ?? document)).toBe(true)
    expect(selector('#deep').all(new ElementIndex(document)).length).toBe(1)
  })

  it('refuses what is no selector, and what begins with a combinator', () => {
    expect(() => selector('p[')).toThrow()
    expect(() => selector('> p')).toThrow('combinator')
  })
})
