import { selector } from '../../selector.ts'
import { firstId, idBelow, idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector(
  'article.ipsComment, article.ipsEntry, .ipsComment[id^="elComment_"], .ipsEntry[id^="elComment_"], .post_block[id^="post_id_"]',
)
const frame = selector(
  '.ipsApp, .ipsApp_front, #ipsLayout_body, #ipbwrapper, .ipsLayout_container, .ipsLayout, .ipsfocus',
)

const apps = selector('body[data-pageapp]')

/** Invision Community 5 (`ipsEntry`), 4 (`ipsComment`) and IP.Board 3 (`post_block`). */
export const invision = printedPlatform({
  name: 'invision',
  isHere: ({ elements }) => posts.first(elements) !== null && frame.first(elements) !== null,
  boxes: posts,
  idOf: firstId(
    idIn(/^elComment_(\d+)$/),
    idIn(/^post_id_(\d+)$/),
    idBelow(selector('[id^="comment-"]'), /^comment-(\d+)_wrap$/, 'id'),
    idBelow(selector('[data-commentid]'), /^(\d+)$/, 'data-commentid'),
  ),
  author: [
    selector('.ipsEntry__username a'),
    selector('.ipsEntry__username'),
    selector('.cAuthorPane_author a:not(.ipsUserPhoto)'),
    selector('.cAuthorPane_author strong'),
    selector('.cAuthorPane_author'),
    selector('.ipsComment_author .ipsType_break, .ipsComment_header .ipsType_break'),
    selector('.author a'),
    selector('.author'),
    selector('.ipsUsername, a[href*="/profile/"]:not(.ipsUserPhoto)'),
  ],
  times: [
    selector('.ipsEntry__date time, .ipsComment_meta time, .ipsComment_header time'),
    selector('abbr.published, .posted_info'),
    selector('time[datetime]'),
  ],
  body: [
    selector('[data-role="commentContent"]'),
    selector(
      '.ipsEntry__post .ipsRichText, .cPost_contentWrap .ipsType_richText, .ipsComment_content .ipsType_richText',
    ),
    selector('.ipsRichText, .ipsType_richText, .entry-content'),
  ],
  apart: selector(
    '[data-excludequote], p:has(> strong > time), span:has(> strong > time), .ipsComment_edited, .ipsEntry__edited, .ipsEmbedded, .ipsEmbeddedOther, .ipsSpoiler_header, .signature, ' +
      '.ipsItemControls, .edit, script, style',
  ),
  quotes: {
    boxes: selector('.ipsQuote, [data-ipsquote], .ipsBlockquote'),
    heads: selector('.ipsQuote_citation, .citation'),
  },
  edited: selector(
    '[data-excludequote], p:has(> strong > time), span:has(> strong > time), .ipsComment_edited, .ipsEntry__edited',
  ),
  badges: selector('.ipsBadge_highlightedGroup, .ipsEntry__moderatorBadge'),
  likes: selector('.ipsReact_reactCount'),
  anchor: 'comment-',
  opening: 'first-box',
  isTopic: ({ elements }) => (apps.first(elements)?.attribs['data-pageapp'] ?? 'forums') === 'forums',
  pages: {
    links: selector('.ipsPagination a[href], link[rel="next"]'),
    number: /([?&]page=|\/page\/)(\d+)/,
    first: 1,
    current: selector('.ipsPagination_active, .ipsPagination__active'),
  },
})
