import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const words = selector('.post_body')

/** MyBB 1.6 and later. */
export const mybb = printedPlatform({
  name: 'mybb',
  isHere: ({ elements }) => words.first(elements) !== null,
  boxes: selector('div[id^="post_"], table[id^="post_"]'),
  idOf: idIn(/^post_(\d+)$/),
  author: [
    selector('.author_information .largetext, .author_information strong'),
    selector('.post_author .largetext, .post_author a'),
  ],
  times: [selector('.post_date'), selector('.post_head')],
  body: [selector('.post_body')],
  apart: selector('.codeblock .title, .post_edit, .signature, script, style'),
  quotes: { boxes: selector('blockquote'), heads: selector('cite') },
  edited: selector('.post_edit .edited_post, .edited_post'),
  anchor: 'pid',
  opening: 'first-box',
  pages: {
    links: selector('.pagination a[href]'),
    number: /([?&]page=|-page-)(\d+)/,
    first: 1,
    current: selector('.pagination:not(.pagination_breadcrumb) .pagination_current'),
  },
})
