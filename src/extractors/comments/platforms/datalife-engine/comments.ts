import type { MomentContext } from '../../../../normalise/moment.ts'
import type { Document, ParentNode } from 'domhandler'
import { selector } from '../../../selector.ts'
import { readBody } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { readHeader } from './header.ts'
import { type ListedComment, listComments } from './list.ts'
import { plainMarkup } from './markup.ts'
import type { NestedMarkup } from './nesting.ts'
import { type ReadComment, resolveParents } from './parents.ts'
import { readVotes } from './votes.ts'
import { detach, firstElement } from '../../nodes.ts'
import type { Comment } from '../../platform.ts'

const treeLists = selector('.comments-tree-list')

/** The comments of a page or of the list in an AJAX answer, in the page's order. Changes the page. */
export function readComments(
  document: Document,
  articleUrl: string,
  clock: MomentContext,
  { hasOpenItems }: NestedMarkup,
): Comment[] {
  const places = listComments([document])
  detach(treeLists.all(document))
  detach(places.map(({ box }) => box))
  detach(places.map(({ body }) => body))
  const read = places.map((place) => readComment(place, articleUrl, clock))
  return resolveParents(read, !hasOpenItems)
}

function readComment(place: ListedComment, articleUrl: string, clock: MomentContext): ReadComment {
  const { id, parentId, body, box } = place
  plainMarkup(body)
  const comment = commentOf({
    nativeId: id,
    parentNativeId: parentId,
    ...readHeader(box, clock),
    ...readBody(body, articleUrl),
    ...readVotes(box),
    permalink: `${articleUrl}#comment-id-${id}`,
  })
  return { place, comment, indent: indentOf(box) }
}

const replyCall = /dle_reply\(\s*'?\d+'?\s*,\s*'?(\d+)'?/

function indentOf(box: ParentNode): number | null {
  const button = firstElement(box, ({ attribs }) =>
    replyCall.test(attribs['onclick'] ?? attribs['href'] ?? ''),
  )
  const { onclick, href } = button?.attribs ?? {}
  const indent = replyCall.exec(onclick ?? href ?? '')?.[1]
  return indent === undefined ? null : Number(indent)
}
