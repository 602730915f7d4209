import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform, repliesAt } from '../printed/printed-platform.ts'

const posts = selector('article.comment[id^="cid-"]')
const profiles = selector('.comment-meta__name, .comment-meta__date')

/** The comments of zeit.de: printed into the article in pages, one reply of each; the other replies are asked for. */
export const zeit = printedPlatform({
  name: 'zeit',
  usualTimezone: 'Europe/Berlin',
  isHere: ({ elements }) => posts.first(elements) !== null && profiles.first(elements) !== null,
  boxes: posts,
  idOf: idIn(/^cid-(\d+)$/),
  levelOf: ({ attribs }) => Number(/(?:^|\s)comment--indented(?:\s|$)/.test(attribs['class'] ?? '')),
  author: [selector('.comment-meta__name')],
  times: [selector('.comment-meta__date')],
  body: [selector('.comment__body')],
  removed: selector('em.moderation'),
  likes: selector('.js-comment-recommendations'),
  anchor: 'cid-',
  count: selector('.metadata__commentcount, .comment-section__headline'),
  closed: selector('.comment-section__closed'),
  folded: selector('.js-comment-loader a[data-url]'),
  unfold: ({ attribs: { 'data-url': address } }, pageUrl) =>
    repliesAt(address, pageUrl, /[?&]cid=(\d+)/.exec(address ?? '')?.[1]),
  pages: {
    links: selector('.pager a[href], .pager__pages a[href], .comment-section a[href*="page="]'),
    number: /([?&]page=)(\d+)/,
    first: 1,
    current: selector('.pager__page--current'),
  },
})
