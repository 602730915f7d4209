import { calendarDay, englishMonths, readClock, two } from './clock.ts'

/** How one installation of the engine is set up, and what its skin says. */
export interface DleDialect {
  readonly charset: 'windows-1251' | 'utf-8'
  /** The content of the generator tag. */
  readonly engine: string
  readonly skin: string
  /** Replies are nested; else they are a flat list that a script loads page by page. */
  readonly isTree: boolean
  /** Comments on a page: in a tree only those of the first level count. */
  readonly pageSize: number
  readonly words: DleWords
}

interface DleWords {
  readonly months: readonly string[]
  readonly today: string
  readonly yesterday: string
  /** Between hour and minute; machine-translated pages have a space after the colon. */
  readonly timeSeparator: string
  readonly online: string
  readonly offline: string
  readonly quote: string
  readonly wrote: string
  readonly notice: string
  readonly comments: string
  readonly related: string
  readonly advertisement: string
  readonly views: string
  readonly author: string
  readonly more: string
  readonly popular: string
}

export const russianDle: DleDialect = {
  charset: 'windows-1251',
  engine: 'DataLife Engine (http://dle-news.ru)',
  skin: 'Pristan',
  isTree: true,
  pageSize: 5,
  words: {
    months: [
      'января',
      'февраля',
      'марта',
      'апреля',
      'мая',
      'июня',
      'июля',
      'августа',
      'сентября',
      'октября',
      'ноября',
      'декабря',
    ],
    today: 'Сегодня',
    yesterday: 'Вчера',
    timeSeparator: ':',
    online: 'Онлайн',
    offline: 'Офлайн',
    quote: 'Цитата',
    wrote: 'писал(а)',
    notice:
      '<b>Информация</b><br>Посетители, находящиеся в группе <b>Гости</b>, не могут оставлять комментарии к данной публикации.',
    comments: 'Комментарии',
    related: 'Другие новости по теме',
    advertisement: 'Реклама: лодочные моторы со скидкой до конца месяца',
    views: 'Просмотров',
    author: 'Автор',
    more: 'Читать дальше',
    popular: 'Популярное',
  },
}

export const englishDle: DleDialect = {
  charset: 'utf-8',
  engine: 'DataLife Engine (https://dle-news.ru)',
  skin: 'Steppe',
  isTree: false,
  pageSize: 8,
  words: {
    months: englishMonths,
    today: 'Today',
    yesterday: 'Yesterday',
    timeSeparator: ': ',
    online: 'Online',
    offline: 'Offline',
    quote: 'Quote',
    wrote: 'wrote',
    notice: 'Dear reader, you must sign in to leave comments on this publication.',
    comments: 'Comments',
    related: 'Related news',
    advertisement: 'Advertisement: boat engines at half price until the end of the month',
    views: 'Views',
    author: 'Author',
    more: 'Read more',
    popular: 'Popular',
  },
}

/** `11 декабря 2022 15:41`, or `Сегодня, 15:41` and `Вчера, 15:41` for what is young at `at`. */
export function dleDate(moment: Date, at: Date, timezone: string, { words }: DleDialect, comma = ''): string {
  const { year, month, day, hour, minute } = readClock(moment, timezone)
  const age = calendarDay(at, timezone) - calendarDay(moment, timezone)
  if (age === 0) return `${words.today}, ${two(hour)}:${two(minute)}`
  if (age === 1) return `${words.yesterday}, ${two(hour)}:${two(minute)}`
  const time = `${two(hour)}${words.timeSeparator}${two(minute)}`
  return `${day} ${words.months[month - 1]} ${year}${comma} ${time}`
}
