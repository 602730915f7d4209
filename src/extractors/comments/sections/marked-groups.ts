import type { Element } from 'domhandler'
import { selector } from '../../selector.ts'
import type { ElementIndex } from '../../element-index.ts'
import { hasClass } from '../nodes.ts'
import { type Group, isBeside } from './groups.ts'

const items = selector('[itemtype]')
const microformats = selector('.u-comment, .p-comment, .h-cite, .hentry.comment, .hfeed .comment.hentry')

const itemTypes = [/schema\.org\/(?:Comment|UserComments)\/?$/i, /schema\.org\/Answer\/?$/i]

/**
 * Elements that a page marks as comments: schema.org's Comment, UserComments and Answer as microdata, hAtom and
 * h-entry. A post of a forum that carries the mark of the whole discussion is none.
 */
export function markedGroups(index: ElementIndex): Group[] {
  const typed = items.all(index)
  const groups = itemTypes.map((type) => typed.filter(({ attribs }) => type.test(attribs['itemtype'] ?? '')))
  const cited = microformats.all(index).filter(isComment)
  return [...groups, cited]
    .map((elements) => elements.filter((element) => !isBeside(element)))
    .filter((elements) => elements.length > 0)
    .map((elements) => ({
      key: 'marked',
      elements,
      isOfComments: true,
      isNumbered: false,
      isMarked: true,
    }))
}

/** `h-cite` alone may be any quotation; in a post's responses it is a comment with writer and date. */
function isComment(element: Element): boolean {
  return ['u-comment', 'p-comment', 'comment'].some((name) => hasClass(element, name))
}
