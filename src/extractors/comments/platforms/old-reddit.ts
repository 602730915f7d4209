import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector('.thing.comment')
const entries = selector('.thing .tagline')

/** Reddit's former design, in which the server still prints a whole discussion. */
export const oldReddit = printedPlatform({
  name: 'old-reddit',
  usualTimezone: 'UTC',
  isHere: ({ elements }) => posts.first(elements) !== null && entries.first(elements) !== null,
  boxes: posts,
  idOf: idIn(/^thing_t1_([0-9a-z]+)$/),
  levelOf: 'nesting',
  author: [selector('.tagline .author'), selector('.tagline em')],
  times: [selector('.tagline time.live-timestamp'), selector('.tagline time')],
  body: [selector('.usertext-body .md'), selector('.usertext-body')],
  edited: selector('.tagline .edited-timestamp'),
  badges: selector('.userattrs a'),
  score: selector('.score.unvoted'),
  folded: selector('.morecomments, .deepthread'),
  anchor: 'thing_t1_',
})
