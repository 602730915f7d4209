import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { wordsOfElement } from './boxes.ts'

/** An element with nothing but a time of day. */
export interface Clock {
  readonly element: Element
  readonly words: string
}

const clock =
  /^[^\p{L}\d]{0,3}(?:(?:um|at|à|a las|alle|om|kl\.?|в|o)\s)?[^\p{L}\d]{0,2}(?<words>\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)(?:\s?(?:uhr|h|hs|uur|час\.?))?[^\p{L}\d]{0,2}$/iu
const longestClock = 20

/** The time of day in the element next to one with a date, or before it. */
export function clockBeside({ next, prev }: Element): Clock | null {
  return clockFrom(next, 'next') ?? clockFrom(prev, 'prev')
}

function clockFrom(start: Element['next'], direction: 'next' | 'prev'): Clock | null {
  let node = start
  while (node !== null && !isElement(node)) node = node[direction]
  if (node === null || !isElement(node)) return null
  const words = clock.exec(wordsOfElement(node, longestClock + 1))?.groups?.['words']
  return words === undefined ? null : { element: node, words }
}
