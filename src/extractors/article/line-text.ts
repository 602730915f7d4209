import type { AnyNode, Element } from 'domhandler'
import { isElement, isWords } from '../elements.ts'
import { isBlockTag, isUnreadTag } from './element-text.ts'

const mostNodes = 400
const longestLine = 10_000

type Gap = 'none' | 'element' | 'block'

/**
 * The text of a short element on one line, with a space wherever a reader sees a gap: at blocks, line breaks,
 * pictures, and between inline elements that run a small letter into a capital ("Ann Lee" + "May 3").
 */
export function lineTextOf(root: Element): string {
  let line = ''
  let gap: Gap = 'none'
  // An element stands on the stack once more, as its name, to be left.
  const ahead: (AnyNode | string)[] = childrenOf(root)
  for (let visited = 0; ahead.length > 0 && visited < mostNodes && line.length < longestLine; visited++) {
    const step = ahead.pop()
    if (step === undefined) break
    if (typeof step === 'string') gap = wider(gap, step)
    else if (isWords(step)) {
      const data = step.data.slice(0, longestLine)
      if (data === '') continue
      line += jointOf(gap, line, data) + data
      gap = 'none'
    } else if (isElement(step)) {
      gap = wider(gap, step.name)
      if (!isUnreadTag(step.name)) ahead.push(step.name, ...childrenOf(step))
    }
  }
  return line.replace(/\s+/g, ' ').trim()
}

/** The last first, and no more than are read: a page may put a million into one element. */
const childrenOf = ({ children }: Element): AnyNode[] => children.slice(0, mostNodes).toReversed()

const jointOf = (gap: Gap, before: string, after: string): string =>
  gap === 'block' || (gap === 'element' && isRunOn(before, after)) ? ' ' : ''

const wider = (gap: Gap, name: string): Gap =>
  gap === 'block' || name === 'br' || name === 'img' || isBlockTag(name) ? 'block' : 'element'

const isRunOn = (before: string, after: string): boolean =>
  /[\p{Ll}\p{N}.,:;!?)"”»’]$/u.test(before) && /^[\p{Lu}\p{N}"“„«(•·|]/u.test(after)
