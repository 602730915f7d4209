import { defineSite, feed, type Layout } from './site.ts'

/** DataLife Engine; the classes of its former design are named too, because some pages still carry them. */
const layouts: readonly Layout[] = [
  {
    published: 'time.meta-time, time.post__meta_time@datetime',
    body: 'div.full-story-text, div.showfull__content',
    drop: ['.banner-full-story', '.banner-block', '[id^="yandex_rtb"]', '[id^="adfox"]', '.dle_b_floor_ad'],
  },
]

const shared = {
  family: 'topcor',
  timezone: 'Europe/Moscow',
  articlePath: '^/(\\d+)-[^/]+\\.html$',
  comments: ['datalife-engine'],
  layouts,
} as const

export const topcor = defineSite({
  ...shared,
  id: 'topcor',
  name: 'Репортёр',
  url: 'https://topcor.ru/',
  isFamilySource: true,
  language: 'ru',
  sources: [feed('/news/rss.xml')],
})

/** A translation of the same articles and comments under the same paths. */
export const topcorEnglish = defineSite({
  ...shared,
  id: 'topcor-en',
  name: 'Reporter',
  url: 'https://en.topcor.ru/',
  language: 'en',
})
