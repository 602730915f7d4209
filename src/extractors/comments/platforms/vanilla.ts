import { selector } from '../../selector.ts'
import { firstId, idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector('.ItemComment[id^="Comment_"], .ItemDiscussion[id^="Discussion_"]')
const words = selector('.Message')

/** Vanilla Forums. The discussion that opens a thread is counted apart from the comments on it. */
export const vanilla = printedPlatform({
  name: 'vanilla',
  isHere: ({ elements }) => posts.first(elements) !== null && words.first(elements) !== null,
  boxes: posts,
  idOf: firstId(idIn(/^Comment_(\d+)$/), idIn(/^(Discussion_\d+)$/)),
  author: [selector('.Author .Username'), selector('.Author')],
  times: [selector('.DateCreated time'), selector('.DateCreated'), selector('time')],
  body: [selector('.Message'), selector('.Item-Body')],
  apart: selector('.js-embed, .embedExternal, .Signature, script, style'),
  quotes: { boxes: selector('blockquote, .embedQuote'), heads: selector('.QuoteAuthor, .embedQuote-header') },
  edited: selector('.DateUpdated'),
  badges: selector('.AuthorInfo .Rank'),
  anchor: 'Comment_',
  opening: 'first-box',
  pages: {
    links: selector('.Pager a[href]'),
    number: /(\/p)(\d+)(?=$|[?])/,
    first: 1,
    current: selector('.Pager .Highlight'),
  },
})
