import { selector } from '../../selector.ts'
import { firstId, idBelow, idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector('.crawler-post')
const generator = selector('meta[name="generator"][content^="Discourse"]')
const place = selector('#topic-title, #main-outlet, .crawler-post-meta')

const numberOf = firstId(
  idIn(/^post_(\d+)$/),
  idBelow(selector('[itemprop="position"]'), /^(\d+)$/, 'content'),
  (box) => positionOf(box),
)

/** The pages that Discourse prints for crawlers and readers without scripts, in place of its application. */
export const discoursePage = printedPlatform({
  name: 'discourse-page',
  isHere: ({ elements }) =>
    posts.first(elements) !== null && (generator.first(elements) ?? place.first(elements)) !== null,
  boxes: posts,
  idOf: numberOf,
  author: [
    selector('.creator [itemprop="name"]'),
    selector('.creator a, .creator'),
    selector('[itemprop="author"]'),
  ],
  times: [
    selector('time[itemprop="datePublished"], .crawler-post-infos time, time.post-time'),
    selector('[itemprop="datePublished"]'),
  ],
  body: [selector('.post[itemprop="text"], .post[itemprop="articleBody"]'), selector('.post')],
  // The title above a quote from another topic is that topic's.
  apart: selector(
    'aside.quote .title:has(a), aside.onebox, .lightbox .meta, .d-lazyload, .poll, script, style',
  ),
  quotes: { boxes: selector('aside.quote'), heads: selector('.title') },
  likes: selector('[itemprop="userInteractionCount"], .post-likes'),
  anchor: 'post_',
  opening: 'first-box',
  isOpening: (box) => numberOf(box) === '1',
  pages: {
    links: selector('link[rel="next"], a[rel="next"], .pagination a[href]'),
    number: /([?&]page=)(\d+)/,
    first: 1,
  },
})

const positions = selector('[itemprop="position"]')

function positionOf(box: Parameters<typeof positions.first>[0]): string | null {
  const [words] = positions.first(box)?.children ?? []
  const digits = words !== undefined && 'data' in words ? words.data.trim() : ''
  return /^\d+$/.test(digits) ? digits : null
}
