import type { Element, ParentNode } from 'domhandler'
import { elementsBelow } from './elements.ts'
import type { Page } from './page.ts'
import type { SelectorKey } from './selector-key.ts'

/** A page with the index of its elements: for those who only look at it. */
export interface IndexedPage extends Page {
  readonly elements: ElementIndex
}

export function indexedPage({ url, fetchedAt, html, document }: Page): IndexedPage {
  return { url, fetchedAt, html, document, elements: new ElementIndex(document) }
}

/**
 * The elements below a node by what selectors ask for, collected in one walk: a page is asked for some
 * thirty selectors, and most match nothing. It shows the tree as it was then. Whoever changes the tree
 * makes another one afterwards, or asks the tree itself.
 */
export class ElementIndex {
  /** In document order. */
  readonly elements: readonly Element[]
  readonly #ids = new Map<string, number[]>()
  readonly #tags = new Map<string, number[]>()
  /** By the names of a class attribute, of which a page has few that differ, and by each name in them. */
  readonly #classes = new Map<string, number[]>()
  readonly #classNames = new Map<string, (readonly number[])[]>()
  readonly #attributes = new Map<string, readonly number[]>()

  constructor(root: ParentNode) {
    this.elements = elementsBelow(root)
    for (let place = 0; place < this.elements.length; place += 1) this.#add(place)
    for (const [names, places] of this.#classes) {
      for (const name of new Set(names.split(/\s+/))) append(this.#classNames, name, places)
    }
  }

  #add(place: number): void {
    const element = this.elements[place]
    if (element === undefined) return
    const { id, class: names } = element.attribs
    append(this.#tags, element.name, place)
    if (id !== undefined) append(this.#ids, id, place)
    if (names !== undefined) append(this.#classes, names, place)
  }

  /** Places in `elements` of those that have what the key names, in document order. */
  placesOf({ kind, name }: SelectorKey): readonly number[] {
    switch (kind) {
      case 'id':
        return this.#ids.get(name) ?? []
      case 'class':
        return inOrder(this.#classNames.get(name) ?? [])
      case 'tag':
        return this.#tags.get(name) ?? []
      case 'attribute':
        return this.#placesWithAttribute(name)
      case 'any':
        return [...this.elements.keys()]
    }
  }

  /** Every id and every value of a class attribute, once each, with the places of those that have it. */
  *names(): Generator<{ kind: 'id' | 'class'; names: string; places: readonly number[] }> {
    for (const [names, places] of this.#ids) yield { kind: 'id', names, places }
    for (const [names, places] of this.#classes) yield { kind: 'class', names, places }
  }

  #placesWithAttribute(name: string): readonly number[] {
    const known = this.#attributes.get(name)
    if (known !== undefined) return known
    const places: number[] = []
    for (let place = 0; place < this.elements.length; place += 1) {
      if (this.elements[place]?.attribs[name] !== undefined) places.push(place)
    }
    this.#attributes.set(name, places)
    return places
  }
}

function append<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}

function inOrder(groups: readonly (readonly number[])[]): readonly number[] {
  const [first = [], ...others] = groups
  return others.length === 0 ? first : groups.flat().toSorted((a, b) => a - b)
}
