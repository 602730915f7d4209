import { selector } from '../../selector.ts'
import { firstId, idBelow, idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector('[component="post"]')
const lists = selector('.posts, .posts-container')
const parents = selector('[component="post/parent"]')
const parentLinks = selector('[component="post/parent"] a[href*="/post/"]')

/** NodeBB, in the form that its server prints before the browser takes over. */
export const nodebb = printedPlatform({
  name: 'nodebb',
  isHere: ({ elements }) => lists.first(elements) !== null && posts.first(elements) !== null,
  boxes: posts,
  idOf: firstId(
    idIn(/^(\d+)$/, 'data-pid'),
    idBelow(selector('a[href*="/post/"]:not([component="post/parent"] *)'), /\/post\/(\d+)$/, 'href'),
    idBelow(selector('a[component="post/anchor"]'), /^(\d+)$/, 'id'),
  ),
  parentOf: (box) =>
    parents.first(box)?.attribs['data-parent-pid'] ??
    /\/post\/(\d+)$/.exec(parentLinks.first(box)?.attribs['href'] ?? '')?.[1] ??
    null,
  author: [
    selector('[itemprop="author"] [itemprop="name"]'),
    selector('.post-header a[href*="/user/"]:not(:has(img)), a[data-username]'),
    selector('a.fw-bold[href*="/user/"]'),
  ],
  authorOf: ({ attribs }) => attribs['data-username'] ?? null,
  times: [selector('[itemprop="datePublished"]'), selector('.timeago')],
  body: [selector('[component="post/content"]'), selector('.content')],
  apart: selector(
    'p:has(> .plugin-mentions-a):has(> a[href*="/post/"]):has(+ blockquote), [component="post/parent"], [component="post/signature"], script, style',
  ),
  edited: selector('[component="post/editor"]:not(.hidden)'),
  score: selector('[component="post/vote-count"]'),
  anchor: '',
  opening: 'first-box',
  isOpening: ({ attribs }) => (attribs['data-index'] ?? '0') === '0',
  pages: {
    links: selector('[component="pagination"] a[href], link[rel="next"]'),
    number: /([?&]page=)(\d+)/,
    first: 1,
    current: selector('[component="pagination"] .active'),
  },
})
