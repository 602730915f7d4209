import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { countInHeading } from '../marks/reported-count.ts'
import { labelOf } from '../nodes.ts'
import { isBeside } from './groups.ts'
import { namesOf } from './names.ts'
import type { Section } from './section.ts'

/** The number of comments that the heading of a section states. */
export function shownCount(section: Section | null): number | null {
  const first = section?.groups[0]?.entries[0]?.box.element
  return first === undefined ? null : countBefore(first)
}

const highest = 5
const mostBefore = 8
const apart: ReadonlySet<string> = new Set(['article', 'aside', 'nav', 'script', 'style', 'form'])

/** The count in the nearest heading, title or counter before an element, beside it or what is around it. */
export function countBefore(element: Element): number | null {
  let inner = element
  for (let level = 0; level < highest && inner.name !== 'body'; level += 1) {
    for (const before of elementsBefore(inner)) {
      const count = countIn(before, 0)
      if (count !== null) return count
    }
    if (inner.parent === null || !isElement(inner.parent)) return null
    inner = inner.parent
  }
  return null
}

function elementsBefore({ prev }: Element): Element[] {
  const found: Element[] = []
  for (let node = prev; node !== null && found.length < mostBefore; node = node.prev) {
    if (isElement(node) && !apart.has(node.name) && !isBeside(node)) found.push(node)
  }
  return found
}

const headingTag = /^(?:h[1-6]|legend|strong|summary|caption)$/
const headingName = /title|head|count|total|titel|titre|titul|titolo|başlık|baslik/i
const deepest = 2
const longestLine = 60

function countIn(element: Element, depth: number): number | null {
  const own = mayCount(element) ? countInHeading(labelOf(element) ?? '') : null
  if (own !== null || depth === deepest) return own
  for (const child of element.children.filter(isElement).slice(0, mostBefore)) {
    const count = countIn(child, depth + 1)
    if (count !== null) return count
  }
  return null
}

function mayCount(element: Element): boolean {
  if (headingTag.test(element.name) || headingName.test(namesOf(element))) return true
  return element.name === 'p' && (labelOf(element)?.length ?? longestLine) < longestLine
}
