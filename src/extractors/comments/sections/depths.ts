import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { depthNamed } from './names.ts'

const shift =
  /(?:margin|padding)(?:-left|-inline-start)?\s*:\s*(?:\S+\s+\S+\s+\S+\s+)?(\d{1,4})(?:\.\d+)?(px|em|rem|%)/i
const depthProperty = /--(?:depth|level|indent|nesting)\s*:\s*(\d{1,3})(?!\d)/i
const depthAttribute = /^(?:aria-level|data-(?:.*-)?(?:depth|level|indent|nesting))$/
/** Margins by class, of Tailwind and Bootstrap: `ml-8`, `md:ps-4`. */
const shiftToken = /(?:^|[\s:])[mp][ls]-(\d{1,3})(?=\s|$)/
const indentedClass =
  /(?:^|[\s_-])(?:indented|reply|is-reply|child|nested|response|sub-?comment)(?=$|[\s_-])/i

/** How deep an entry stands, in numbers that only compare with each other. */
export function depthOf(element: Element, isMany: boolean): number | null {
  if (!isMany) return null
  for (let outer: Element = element, level = 0; level < 3; level += 1) {
    const own = depthNamed(outer) ?? depthInAttributes(outer) ?? shiftOf(outer)
    if (own !== null) return own
    if (outer.parent === null || !isElement(outer.parent) || isCrowded(outer.parent)) break
    outer = outer.parent
  }
  return indentedClass.test(element.attribs['class'] ?? '') || isIndented(element) ? 1 : 0
}

/** More than an entry and a list of its replies. */
function isCrowded({ children }: Element): boolean {
  let elements = 0
  for (const child of children) {
    if (isElement(child)) elements += 1
    if (elements > 2) return true
  }
  return false
}

function isIndented({ parent }: Element): boolean {
  return (
    parent !== null && isElement(parent) && /(?:^|\s)indented(?=\s|$)/.test(parent.attribs['class'] ?? '')
  )
}

function depthInAttributes({ attribs }: Element): number | null {
  for (const [name, value] of Object.entries(attribs)) {
    if (depthAttribute.test(name) && /^\d{1,3}$/.test(value)) return Number(value)
  }
  return null
}

function shiftOf({ attribs }: Element): number | null {
  const style = attribs['style'] ?? ''
  const width =
    shift.exec(style)?.[1] ?? depthProperty.exec(style)?.[1] ?? shiftToken.exec(attribs['class'] ?? '')?.[1]
  return width === undefined ? null : Number(width)
}
