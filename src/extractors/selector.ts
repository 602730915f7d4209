import { compile, selectAll, selectOne } from 'css-select'
import type { AnyNode, Element, ParentNode } from 'domhandler'

/** A CSS selector that is compiled once, for what is asked of every page or of every comment of a page. */
export interface Selector {
  /** Every element below `root` that matches, in document order. */
  all(root: ParentNode): Element[]
  /** The first of them, or null. */
  first(root: ParentNode): Element | null
}

/** @throws Error when `css` is no selector. */
export function selector(css: string): Selector {
  // What was found of an element's ancestors must not outlive the element's place in the tree.
  const matches = compile<AnyNode, Element>(css, { cacheResults: false })
  return {
    all: (root) => selectAll<AnyNode, Element>(matches, root),
    first: (root) => selectOne<AnyNode, Element>(matches, root),
  }
}
