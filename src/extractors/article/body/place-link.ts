import type { AnyNode } from 'domhandler'
import { isElement } from '../../elements.ts'

/** True for a link to a place on a page, such as a note or a chapter. */
export const isPlaceLink = (node: AnyNode | null): boolean =>
  node !== null && isElement(node) && node.name === 'a' && node.attribs['href']?.includes('#') === true
