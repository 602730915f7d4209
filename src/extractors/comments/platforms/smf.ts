import { selector } from '../../selector.ts'
import { idBelow } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const frame = selector('.post_wrapper .keyinfo, .post_wrapper .postarea')

/** Simple Machines Forum 2. */
export const smf = printedPlatform({
  name: 'smf',
  isHere: ({ elements }) => frame.first(elements) !== null,
  boxes: selector('.post_wrapper'),
  idOf: idBelow(selector('[id^="msg_"], [id^="subject_"]'), /^(?:msg|subject)_(\d+)$/, 'id'),
  author: [selector('.poster h4 a'), selector('.poster h4')],
  times: [
    selector('.keyinfo .postinfo a.smalltext, .keyinfo .page_number ~ .smalltext'),
    selector('.keyinfo .smalltext'),
    selector('.keyinfo'),
  ],
  body: [selector('.post .inner'), selector('.post')],
  apart: selector('.quoteheader, .quotefooter, .codeheader, .code_top, .smf_select_text, script, style'),
  quotes: { boxes: selector('blockquote'), heads: selector('cite') },
  edited: selector('.modified em'),
  anchor: 'msg',
  opening: 'first-box',
  pages: {
    links: selector('.pagelinks a[href], .pagesection a[href]'),
    number: /([?&;/]topic[=,]\d+\.)(\d+)/,
    first: 0,
    countsComments: true,
    current: selector('.pagelinks .current_page'),
  },
})
