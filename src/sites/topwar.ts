import { defineSite, feed, type Layout } from './site.ts'

/** DataLife Engine; the classes of its former design are named too, because some pages still carry them. */
const layouts: readonly Layout[] = [
  {
    published: 'time.meta-time, time.meta__time@datetime',
    body: 'div.full-story-text, div.pfull-cont',
    drop: ['.banner-full-story', '.banner-block', '[id^="yandex_rtb"]', '[id^="adfox"]', '.dle_b_floor_ad'],
  },
]

const shared = {
  family: 'topwar',
  timezone: 'Europe/Moscow',
  articlePath: '^/(\\d+)-[^/]+\\.html$',
  comments: ['datalife-engine'],
  layouts,
} as const

export const topwar = defineSite({
  ...shared,
  id: 'topwar',
  name: 'Военное обозрение',
  url: 'https://topwar.ru/',
  isFamilySource: true,
  language: 'ru',
  sources: [feed('/rss.xml')],
})

/** A translation of the same articles under the same paths. */
export const topwarEnglish = defineSite({
  ...shared,
  id: 'topwar-en',
  name: 'Military Review',
  url: 'https://en.topwar.ru/',
  language: 'en',
})
