import { selector } from '../../selector.ts'
import { firstId, idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const frame = selector('#XF, #XenForo, .bbWrapper, .messageText')
const posts = selector(
  'article.message--post, article.message--article, article.message[id^="js-post-"], li.message[id^="post-"], .MessageCard[id^="js-post-"]',
)
const stampedWords = selector('.messageMeta .DateTime, .messageDetails .DateTime, .datePermalink .DateTime')

const templates = selector('html[data-template]')

/**
 * XenForo 2 (`article.message`, in one operator's design `.MessageCard`) and 1 (`li.message`): the post's number in the
 * box's id, times as `<time datetime>`, in version 1 as `.DateTime` with its title or Unix time.
 */
export const xenforo = printedPlatform({
  name: 'xenforo',
  isHere: ({ elements }) => posts.first(elements) !== null && frame.first(elements) !== null,
  boxes: posts,
  idOf: firstId(idIn(/^(?:js-)?post-(\d+)$/), idIn(/^post-(\d+)$/, 'data-content')),
  author: [
    selector('.message-name .username, .message-name [itemprop="name"]'),
    selector('.message-name'),
    selector('.MessageCard__user-info__name'),
    selector('.messageMeta .author, .userText .username, .messageUserBlock .username'),
    selector('.username'),
  ],
  authorOf: ({ attribs }) => attribs['data-author'] ?? null,
  times: [
    selector('.message-attribution time, .message-attribution-main time, .message-date time'),
    selector('[itemprop="datePublished"], [itemprop="dateCreated"]'),
    selector('.messageMeta .DateTime, .messageDetails .DateTime, .datePermalink .DateTime'),
    selector('.MessageCard__date-created time'),
    selector('.message-header time, header time'),
    selector('.message-header, .message-attribution'),
  ],
  timeOf: (box) => stampedWords.first(box)?.attribs['data-time'] ?? null,
  body: [
    selector('.message-body .bbWrapper, .message-content .bbWrapper'),
    selector('.bbWrapper'),
    selector('.messageText'),
    selector('.message-body, .message-content'),
  ],
  apart: selector(
    '.messageTextEndMarker, .bbCodeBlock-expandLink, .quoteExpand, .bbCodeBlock--unfurl, .message-lastEdit, ' +
      '.message-signature, .message-attachments, .bbMediaWrapper, .bbCodeBlock--code .bbCodeBlock-title, ' +
      '.bbCodeSpoiler-button, .js-selectToQuoteEnd, script, style',
  ),
  quotes: {
    boxes: selector('.bbCodeBlock--quote, .bbCodeQuote'),
    heads: selector('.bbCodeBlock-title, .attribution'),
  },
  edited: selector('.message-lastEdit, .editDate'),
  badges: selector('.userBanner strong'),
  anchor: 'post-',
  opening: 'first-box',
  isTopic: ({ elements }) =>
    templates.first(elements)?.attribs['data-template']?.startsWith('thread_view') !== false,
  pages: {
    links: selector('.pageNav a[href], .PageNav a[href], .pageNavSimple a[href]'),
    number: /(\/page-)(\d+)/,
    first: 1,
    current: selector('.pageNav-page--current, .PageNav .currentPage'),
  },
})
