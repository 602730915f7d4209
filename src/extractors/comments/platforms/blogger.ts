import type { Element } from 'domhandler'
import { htmlToText } from '../../../normalise/html.ts'
import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector(
  'li.comment[id^="c"], .comment-author[id^="c"], .comment[id^="c"], .comment-block[id^="c"]',
)
const permalinks = selector(
  'a[href*="showComment="], a[href*="blogger.com/"], .comment-replies, dl#comments-block',
)
const stamped = selector('a[href*="showComment="]')

/** The time in a comment's address is exact, in Unix milliseconds; the words beside it are the blog's own. */
function timeOf(box: Element): string | null {
  for (const { attribs } of stamped.all(box)) {
    const milliseconds = /[?&]showComment=(\d{13})(?!\d)/.exec(attribs['href'] ?? '')?.[1]
    if (milliseconds !== undefined) return milliseconds
  }
  return null
}

/** Blogger's threaded comments, replies nested one level deep, and the definition lists of its older templates. */
export const blogger = printedPlatform({
  name: 'blogger',
  isHere: ({ elements }) =>
    posts.all(elements).some((box) => idOf(box) !== null) && permalinks.first(elements) !== null,
  boxes: posts,
  idOf: (box) => idOf(box),
  levelOf: 'nesting',
  author: [selector('.comment-header .user, cite.user')],
  authorOf: (box) => htmlToText(box).split('\n')[0] ?? null,
  nameEnding:
    /(?<!\s)\s+(?:(?:said|says|hat gesagt|meint|a dit|dijo|ha detto|zei|disse|sa|sagde|sanoi|powiedział(?:\(a\))?|pisze|dedi ki|сказал(?:а|\(а\))?|комментирует)\s*)?(?:…|\.{3}|:)$/iu,
  times: [selector('.datetime'), selector('.comment-timestamp, .comment-footer')],
  timeOf,
  body: [selector('.comment-content'), selector('.comment-body')],
  apart: selector('.comment-actions, .comment-footer, script, style'),
  removed: selector('.deleted-comment'),
  anchor: 'c',
  count: selector('#comments h4, #comments h3'),
  pages: {
    links: selector('.paging-control-container a[href], a.paging-control'),
    number: /([?&]commentPage=)(\d+)/,
    first: 1,
  },
})

const idOf = idIn(/^c(\d+)$/)
