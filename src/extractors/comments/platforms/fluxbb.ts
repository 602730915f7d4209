import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const words = selector('.blockpost .postmsg')

/** FluxBB and its forerunner PunBB 1.2. */
export const fluxbb = printedPlatform({
  name: 'fluxbb',
  isHere: ({ elements }) => words.first(elements) !== null,
  boxes: selector('.blockpost[id^="p"]'),
  idOf: idIn(/^p(\d+)$/),
  author: [selector('.postleft dt strong'), selector('.postleft dt, .postleft strong')],
  times: [selector('h2 a')],
  body: [selector('.postmsg')],
  apart: selector('.postedit, .codebox h4, .postsignature, script, style'),
  quotes: { boxes: selector('.quotebox'), heads: selector('cite, h4') },
  edited: selector('.postedit'),
  anchor: 'p',
  opening: 'first-box',
  pages: {
    links: selector('.pagelink a[href]'),
    number: /([?&]p=)(\d+)/,
    first: 1,
    current: selector('.pagelink strong'),
  },
})
