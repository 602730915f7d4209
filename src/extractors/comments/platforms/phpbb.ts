import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const frame = selector('#phpbb, .phpbb, a[href*="viewtopic.php"], .postprofile')
const posts = selector('div.post[id^="p"], article.post[id^="p"]')
const bodies = selector('.postbody')

/** phpBB 3 by its template "prosilver", on which nearly all styles are built. */
export const phpbb = printedPlatform({
  name: 'phpbb',
  isHere: ({ elements }) =>
    bodies.first(elements) !== null && posts.first(elements) !== null && frame.first(elements) !== null,
  boxes: posts,
  idOf: idIn(/^p_?(\d+)$/),
  author: [
    selector('.author .username, .author .username-coloured'),
    selector('.postprofile .username, .postprofile .username-coloured'),
    selector('.author strong, .postprofile dt strong, .postprofile dt a:not(.avatar)'),
    selector('.username, .username-coloured, .author a[href*="viewprofile"]'),
  ],
  times: [
    selector('.author time, .post-date time'),
    selector('.author'),
    selector('time'),
    selector('.postbody > p'),
  ],
  body: [selector('.postbody .content'), selector('.postbody .post-text, .content'), selector('.postbody')],
  apart: selector(
    '.codebox > p, dl.file, dl.thumbnail dd, .codebox dt, .attachbox, .inline-attachment dt, .notice, .signature, .post-buttons, ' +
      '.author, h3.first, script, style',
  ),
  quotes: { boxes: selector('blockquote'), heads: selector('cite') },
  edited: selector('.postbody .notice'),
  anchor: 'p',
  opening: 'first-box',
  pages: {
    links: selector('.pagination a[href]'),
    number: /([?&]start=|-t\d+-s|-t\d+-)(\d+)/,
    first: 0,
    countsComments: true,
    current: selector('.pagination .active'),
  },
})
