import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { ancestorsOfClass } from '../printed/levels.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector('.comment-node[id^="comment-"]')
const tooltips = selector('.moment-time[data-tippy-content]')

/** Lemmy's own web interface, as its server prints it. */
export const lemmy = printedPlatform({
  name: 'lemmy',
  isHere: ({ elements }) => posts.first(elements) !== null,
  boxes: posts,
  idOf: idIn(/^comment-(\d+)$/),
  levelOf: (box) => ancestorsOfClass('comments', box),
  author: [selector('.person-listing > span'), selector('.person-listing')],
  times: [selector('.moment-time')],
  timeOf: (box) => tooltips.first(box)?.attribs['data-tippy-content'] ?? null,
  body: [selector('.comment-content')],
  folded: selector('.comment-node:not([id]) > button'),
  anchor: 'comment-',
})
