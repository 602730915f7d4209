import { compile } from 'css-select'
import { isTraversal, parse, type Selector as Token } from 'css-what'
import type { AnyNode, Element, ParentNode } from 'domhandler'
import * as domutils from 'domutils'
import { ElementIndex } from './element-index.ts'
import { elementsBelow } from './elements.ts'
import { keyOf, mayHave, type SelectorKey } from './selector-key.ts'

/** A tree, or the index of one that is asked for more than a selector or two. */
export type Searchable = ParentNode | ElementIndex

/** A CSS selector that is compiled once, for what is asked of every page or of every comment of a page. */
export interface Selector {
  /** Every element below the root that matches, in document order. */
  all(root: Searchable): Element[]
  /** The first of them, or null. */
  first(root: Searchable): Element | null
}

/** One of the selectors that stand between the commas. */
interface Alternative {
  readonly key: SelectorKey
  readonly matches: (element: Element) => boolean
}

/** @throws Error when `css` is no selector, or is one that begins with a combinator. */
export function selector(css: string): Selector {
  const alternatives = parse(css).map(alternativeOf)
  const grouped = groupsOf(alternatives)
  return {
    all: (root) => (root instanceof ElementIndex ? allIn(root, alternatives) : allBelow(root, grouped)),
    first: (root) => (root instanceof ElementIndex ? firstIn(root, alternatives) : firstBelow(root, grouped)),
  }
}

/** Alternatives by what an element must have to come into question: most have no class, and another name. */
interface Groups {
  readonly byClass: readonly Alternative[]
  readonly byTag: ReadonlyMap<string, readonly Alternative[]>
  readonly others: readonly Alternative[]
}

function groupsOf(alternatives: readonly Alternative[]): Groups {
  const ofKind = (kind: SelectorKey['kind']): Alternative[] =>
    alternatives.filter(({ key }) => key.kind === kind)
  const tags = ofKind('tag')
  return {
    byClass: ofKind('class'),
    byTag: new Map(tags.map(({ key: { name } }) => [name, tags.filter(({ key }) => key.name === name)])),
    others: [...ofKind('id'), ...ofKind('attribute'), ...ofKind('any')],
  }
}

/** A module's own exports are looked up at every call; those of a copy are at hand. */
const adapter = { ...domutils }

function alternativeOf(tokens: Token[]): Alternative {
  const [first] = tokens
  if (first !== undefined && isTraversal(first)) throw new Error('a selector begins with a combinator')
  const key = keyOf(tokens)
  // What was found of an element's ancestors must not outlive the element's place in the tree.
  return { key, matches: compile<AnyNode, Element>([tokens], { adapter, cacheResults: false }) }
}

function allBelow(root: ParentNode, groups: Groups): Element[] {
  const found: Element[] = []
  for (const element of elementsBelow(root)) if (isMatch(element, groups)) found.push(element)
  return found
}

function firstBelow(root: ParentNode, groups: Groups): Element | null {
  for (const element of elementsBelow(root)) if (isMatch(element, groups)) return element
  return null
}

function isMatch(element: Element, { byClass, byTag, others }: Groups): boolean {
  if (element.attribs['class'] !== undefined && isOneOf(element, byClass)) return true
  const named = byTag.get(element.name)
  return (named !== undefined && isOneOf(element, named)) || isOneOf(element, others)
}

function isOneOf(element: Element, alternatives: readonly Alternative[]): boolean {
  for (const { key, matches } of alternatives) if (mayHave(element, key) && matches(element)) return true
  return false
}

function allIn(index: ElementIndex, alternatives: readonly Alternative[]): Element[] {
  const places = new Set(alternatives.flatMap((alternative) => placesIn(index, alternative)))
  const inOrder = alternatives.length === 1 ? [...places] : [...places].toSorted((a, b) => a - b)
  return inOrder.map((place) => index.elements[place]).filter((element) => element !== undefined)
}

function placesIn(index: ElementIndex, { key, matches }: Alternative): number[] {
  return index.placesOf(key).filter((place) => {
    const element = index.elements[place]
    return element !== undefined && matches(element)
  })
}

function firstIn(index: ElementIndex, alternatives: readonly Alternative[]): Element | null {
  let first = index.elements.length
  for (const { key, matches } of alternatives) {
    for (const place of index.placesOf(key)) {
      const element = index.elements[place]
      if (place >= first || element === undefined) break
      if (matches(element)) first = place
    }
  }
  return index.elements[first] ?? null
}
