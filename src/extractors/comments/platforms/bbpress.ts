import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const words = selector('.bbp-reply-content, .bbp-topic-content')
const heads = selector('.bbp-reply-header[id^="post-"], .bbp-topic-header[id^="post-"]')

/** bbPress, a forum inside WordPress: number and date of a post stand in a header before it. */
export const bbpress = printedPlatform({
  name: 'bbpress',
  isHere: ({ elements }) => words.first(elements) !== null,
  boxes: heads,
  isHeader: true,
  idOf: idIn(/^post-(\d+)$/),
  author: [selector('.bbp-author-name'), selector('a.bbp-author-link, .bbp-reply-author, .bbp-topic-author')],
  times: [selector('.bbp-reply-post-date, .bbp-topic-post-date')],
  body: [words],
  apart: selector('.bbp-reply-revision-log, .bbp-topic-revision-log, .bbp-attachments, script, style'),
  edited: selector('.bbp-reply-revision-log, .bbp-topic-revision-log'),
  anchor: 'post-',
  opening: 'first-box',
  pages: {
    links: selector('.bbp-pagination-links a[href]'),
    number: /(\/page\/)(\d+)(?=\/|$|[?#])/,
    first: 1,
    current: selector('.bbp-pagination-links .current'),
  },
})
