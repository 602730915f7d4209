import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { hasClass } from '../nodes.ts'

/** How many of the elements around a box have a class, such as the lists that replies are printed in. */
export function ancestorsOfClass(name: string, box: Element): number {
  let count = 0
  for (let outer = box.parent; outer !== null && isElement(outer); outer = outer.parent) {
    if (hasClass(outer, name)) count += 1
  }
  return count
}
