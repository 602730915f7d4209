import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import type { Box } from './boxes.ts'
import { tokensOf } from './names.ts'

/** Elements that stand in the same place of many entries, by one name. */
export interface Column<Part> {
  readonly key: string
  /** The first part of that name in each entry that has one. */
  readonly parts: ReadonlyMap<Box, Part>
}

const keys = new WeakMap<Element, readonly string[]>()

/** The names by which an element may be found again in other entries. */
export function keysOf(element: Element): readonly string[] {
  const known = keys.get(element)
  if (known !== undefined) return known
  const { name, attribs, parent } = element
  const tokens = tokensOf(element)
  const found = tokens.map((token) => `${name}.${token}`)
  for (const property of ['itemprop', 'rel']) {
    const value = attribs[property]
    if (value !== undefined) found.push(`[${property}=${value}]`)
  }
  if (attribs['id'] !== undefined) found.push(`${name}#${attribs['id'].replace(/\d+/g, '')}`)
  if (tokens.length === 0) {
    const around = parent !== null && isElement(parent) ? parent : null
    const outer = around === null ? [] : tokensOf(around)
    found.push(`${name}@${around?.name ?? ''}.${outer.join('.')}`)
  }
  keys.set(element, found)
  return found
}

/** Gathers what `partOf` finds at the own elements of every entry into columns, those with the most entries first. */
export function columnsOf<Part>(
  boxes: readonly Box[],
  partOf: (element: Element, box: Box, place: number) => Part | null,
): Column<Part>[] {
  const columns = new Map<string, Map<Box, Part>>()
  for (const box of boxes) {
    for (const [place, element] of box.own.entries()) {
      const part = partOf(element, box, place)
      if (part === null) continue
      for (const key of keysOf(element)) {
        const parts = columns.get(key) ?? new Map<Box, Part>()
        if (!parts.has(box)) parts.set(box, part)
        columns.set(key, parts)
      }
    }
  }
  return [...columns].map(([key, parts]) => ({ key, parts })).toSorted((a, b) => b.parts.size - a.parts.size)
}
