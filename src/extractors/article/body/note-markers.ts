import type { Element } from 'domhandler'
import { textOf } from '../element-text.ts'
import { isPlaceLink } from './place-link.ts'

/** "1", "[2]", "3, 4", "*". */
const marker = /^[[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})(?:\s?[,–-]\s?\d{1,3}){0,5}[\])]?$/

/** True for a raised number that leads to a note: in a text it would run into the word before. */
export function isNoteMarker(element: Element): boolean {
  if (element.name !== 'sup') return false
  return [element.parent, ...element.children].some(isPlaceLink) && marker.test(textOf(element).trim())
}
