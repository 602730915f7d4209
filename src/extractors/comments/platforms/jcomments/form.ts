import { selector } from '../../../selector.ts'
import { firstId, idBelow, idIn } from '../../printed/ids.ts'
import { ancestorsOfClass } from '../../printed/levels.ts'
import type { PrintedForm } from '../../printed/form.ts'

const list = selector('#jc, #comments-list, .comments-list')
const posts = selector(
  '.comments-list .rbox, .comments-list [id^="comment-item-"], .comments-list .comment-box',
)
const anchors = selector('a.comment-anchor, [id^="comment-body-"], [id^="comment-item-"]')

/** Flat, or as a tree of `.comments-list` in `.comments-list`. */
export const form: PrintedForm = {
  name: 'jcomments',
  isHere: ({ elements }) =>
    list.first(elements) !== null && posts.first(elements) !== null && anchors.first(elements) !== null,
  boxes: posts,
  idOf: firstId(
    idIn(/^comment-item-(\d+)$/),
    idBelow(selector('[id^="comment-body-"]'), /^comment-body-(\d+)$/, 'id'),
    idBelow(selector('a.comment-anchor'), /^comment-(\d+)$/, 'id'),
  ),
  levelOf: (box) => Math.max(0, ancestorsOfClass('comments-list', box) - 1),
  author: [selector('.comment-author'), selector('.author-homepage')],
  times: [selector('.comment-date')],
  body: [selector('[id^="comment-body-"]'), selector('.comment-body')],
  quotes: { boxes: selector('.quote, blockquote'), heads: selector('.quote-head, cite') },
  likes: selector('.comment-vote .vote-good'),
  anchor: 'comment-',
  count: selector('#comments h4, #jc h4'),
}
