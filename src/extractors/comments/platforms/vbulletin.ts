import type { Element } from 'domhandler'
import { selector } from '../../selector.ts'
import { firstId, idBelow, idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const frame = selector(
  '.bigusername, .postbit, .postbitlegacy, .postbitim, .postcontainer, .username_container, .b-post',
)
const messages = selector('[id^="post_message_"], .b-post [itemprop="text"], .js-post__content-text')
const posts = selector('li[id^="post_"], div[id^="post"], table[id^="post"], li.b-post')

/** vBulletin 3 (tables), 4 (`li.postbit`) and 5 (`li.b-post`). */
export const vbulletin = printedPlatform({
  name: 'vbulletin',
  isHere: ({ elements }) =>
    frame.first(elements) !== null && messages.first(elements) !== null && posts.all(elements).some(isPost),
  boxes: posts,
  idOf: (box) => (isPost(box) ? idOf(box) : null),
  author: [
    selector('.bigusername'),
    selector('.username_container .username, .userinfo .username, a.username, .b-userinfo__details .author'),
    selector('.author [itemprop="name"], .author a'),
    selector('.author'),
    selector('[id^="postmenu_"]'),
    selector('.username'),
  ],
  times: [
    selector('time[itemprop="dateCreated"], .b-post__timestamp time, .b-post__timestamp'),
    selector('.postdate .date, .postdate'),
    selector('td.thead, .thead .tcell, .thead'),
    selector('.smallfont'),
    selector('time'),
  ],
  body: [
    selector('[id^="post_message_"] .postcontent'),
    selector('[id^="post_message_"]'),
    selector('.js-post__content-text [itemprop="text"], .js-post__content-text'),
    selector('.postcontent, [itemprop="text"]'),
  ],
  apart: selector(
    '.bbcode_code_container .bbcode_description, .bbcode_container > .bbcode_description, .lastedited, .signature, .signaturecontainer, .js-post__edited, script, style',
  ),
  quotes: {
    boxes: selector(
      '.bbcode_quote, div[style*="margin"]:has(> .smallfont + table), div[style*="margin"]:has(> div > label)',
    ),
    heads: selector(
      '.bbcode_postedby, .bbcode_quote_author, div[style*="margin"] > .smallfont, div:has(> label), .alt2 > div:first-child:has(> strong)',
    ),
  },
  edited: selector('.lastedited, .js-post__edited'),
  anchor: 'post',
  opening: 'first-box',
  pages: {
    links: selector(
      '.pagenav a[href], .pagination a[href], .pagenav-controls a[href], .js-pagenav a[href], link[rel="next"]',
    ),
    number: /([?&]page=|\/page-?)(\d+)/,
    first: 1,
    current: selector('.pagenav .alt2 strong, .pagination .selected'),
  },
})

const idOf = firstId(
  idIn(/^post_?(\d+)$/),
  idIn(/^(\d+)$/, 'data-node-id'),
  idBelow(selector('a[href*="#post"]'), /#post(\d+)$/, 'href'),
)

/** Other boxes begin with the same letters: the editor, the message itself, a menu. */
function isPost(box: Element): boolean {
  return (
    /^post_?\d+$/.test(box.attribs['id'] ?? '') || /(?:^|\s)b-post(?:\s|$)/.test(box.attribs['class'] ?? '')
  )
}
