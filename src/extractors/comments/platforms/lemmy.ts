import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { ancestorsOfClass } from '../printed/levels.ts'
import { printedPlatform, repliesAt } from '../printed/printed-platform.ts'

const posts = selector('.comment-node[id^="comment-"]')
const tooltips = selector('.moment-time[data-tippy-content]')

const idOf = idIn(/^comment-(\d+)$/)

/** Lemmy's own web interface, as its server prints it. */
export const lemmy = printedPlatform({
  name: 'lemmy',
  isHere: ({ elements }) => posts.first(elements) !== null,
  boxes: posts,
  idOf,
  levelOf: (box) => ancestorsOfClass('comments', box),
  author: [selector('.person-listing > span'), selector('.person-listing')],
  times: [selector('.moment-time')],
  timeOf,
  body: [selector('.comment-content')],
  opening: {
    box: selector('.post-listing'),
    author: [selector('.person-listing > span'), selector('.person-listing')],
    times: [selector('.moment-time')],
    timeOf,
    body: [selector('#postContent .md-div'), selector('#postContent')],
  },
  folded: selector('.comment-node:not([id]) > button'),
  unfold: branchBelow,
  anchor: 'comment-',
})

/** A fold stands in the item of the comment whose branch goes on; a comment's own page prints what is below it. */
function branchBelow(button: Element, pageUrl: string): ReturnType<typeof repliesAt> {
  const beside = button.parent?.parent?.children.filter(isElement) ?? []
  const parent = beside.map(idOf).find((id) => id !== null)
  return parent === undefined ? [] : repliesAt(`/comment/${parent}`, pageUrl, parent)
}

function timeOf(box: Element): string | null {
  return tooltips.first(box)?.attribs['data-tippy-content'] ?? null
}
