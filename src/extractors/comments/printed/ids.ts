import type { Element } from 'domhandler'
import type { Selector } from '../../selector.ts'

/** The part of a box's attribute that is the comment's number: what the pattern's first group finds. */
export function idIn(pattern: RegExp, attribute = 'id'): (box: Element) => string | null {
  return ({ attribs }) => pattern.exec(attribs[attribute] ?? '')?.[1] ?? null
}

/** As `idIn`, in the first element below the box that has it. */
export function idBelow(
  elements: Selector,
  pattern: RegExp,
  attribute: string,
): (box: Element) => string | null {
  return (box) => {
    for (const { attribs } of elements.all(box)) {
      const id = pattern.exec(attribs[attribute] ?? '')?.[1]
      if (id !== undefined) return id
    }
    return null
  }
}

/** The first id that one of the ways finds. */
export function firstId(
  ...ways: readonly ((box: Element) => string | null)[]
): (box: Element) => string | null {
  return (box) => {
    for (const way of ways) {
      const id = way(box)
      if (id !== null) return id
    }
    return null
  }
}
