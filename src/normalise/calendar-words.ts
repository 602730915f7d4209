/**
 * Languages whose month and weekday names are known, from CLDR through `Intl`. Where one word means
 * different months (Polish and Croatian "listopada"), the page's language decides, else this order.
 */
const languages = [
  'en',
  'ru',
  'uk',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'pl',
  'nl',
  'tr',
  'be',
  'bg',
  'cs',
  'sk',
  'sv',
  'nb',
  'da',
  'fi',
  'ro',
  'hu',
  'el',
  'ca',
  'lt',
  'lv',
  'et',
  'sl',
  'sr',
  'hr',
  'he',
  'ar',
  'id',
  'az',
  'kk',
  'hi',
  'bn',
  'ta',
] as const

type Lexicon = ReadonlyMap<string, number>

/** Forms in use on pages that CLDR does not list. */
const furtherMonths: Lexicon = new Map([
  ...positions('янв фев мар апр май июн июл авг сен окт ноя дек'),
  ...positions('січ лют бер кві тра чер лип сер вер жов лис гру'),
  ...positions('בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר'),
  ...Object.entries({
    sept: 9,
    jänner: 1,
    feber: 2,
    mrz: 3,
    mrt: 3,
    setiembre: 9,
    شباط: 2,
    آذار: 3,
    نيسان: 4,
    أيار: 5,
    حزيران: 6,
    تموز: 7,
    آب: 8,
    أيلول: 9,
  }).map(folded),
])

/** Accusative forms, as in "В пятницу в 14:32", and abbreviations that CLDR does not list. */
const furtherWeekdays: Lexicon = new Map(
  Object.entries({
    tues: 2,
    thurs: 4,
    среду: 3,
    пятницу: 5,
    субботу: 6,
    середу: 3,
    "п'ятницю": 5,
    неділю: 7,
    сераду: 3,
    пятніцу: 5,
    суботу: 6,
    нядзелю: 7,
    środę: 3,
    sobotę: 6,
    niedzielę: 7,
  }).map(folded),
)

const monthsByLanguage = new Map<string, Lexicon>()
const weekdaysByLanguage = new Map<string, Lexicon>()

/** Month (from 1) named or abbreviated by a word in any known language, or null. */
export function monthNamed(word: string, language?: string | null): number | null {
  return lookUp(word, language, monthsIn) ?? furtherMonths.get(foldWord(word)) ?? null
}

/** ISO weekday (Monday is 1) named or abbreviated by a word in any known language, or null. */
export function weekdayNamed(word: string, language?: string | null): number | null {
  return lookUp(word, language, weekdaysIn) ?? furtherWeekdays.get(foldWord(word)) ?? null
}

/** Lower case without accents and dots, so that "Févr." and "fevr" are one word. */
export function foldWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .replaceAll('ı', 'i')
    .replace(/[’ʼ`]/g, "'")
}

function positions(words: string): [string, number][] {
  return words.split(' ').map((word, index) => [foldWord(word), index + 1])
}

function folded([word, position]: [string, number]): [string, number] {
  return [foldWord(word), position]
}

function lookUp(
  word: string,
  language: string | null | undefined,
  lexiconOf: (language: string) => Lexicon,
): number | null {
  const form = foldWord(word)
  const preferred = languages.find((known) => known === language?.toLowerCase().split('-')[0])
  const inOrder = preferred === undefined ? languages : [preferred, ...languages]
  for (const candidate of inOrder) {
    const found = lexiconOf(candidate).get(form)
    if (found !== undefined) return found
  }
  return null
}

function monthsIn(language: string): Lexicon {
  return remembered(monthsByLanguage, language, () => {
    const firstDays = Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1))
    const styles: Intl.DateTimeFormatOptions[] = [
      { month: 'long' },
      { month: 'short' },
      { month: 'long', day: 'numeric' },
      { month: 'short', day: 'numeric' },
    ]
    return lexicon(language, 'month', styles, firstDays)
  })
}

function weekdaysIn(language: string): Lexicon {
  return remembered(weekdaysByLanguage, language, () => {
    // 1 January 2024 was a Monday.
    const week = Array.from({ length: 7 }, (_, weekday) => Date.UTC(2024, 0, 1 + weekday))
    const styles: Intl.DateTimeFormatOptions[] = [{ weekday: 'long' }, { weekday: 'short' }]
    return lexicon(language, 'weekday', styles, week)
  })
}

function lexicon(
  language: string,
  part: 'month' | 'weekday',
  styles: readonly Intl.DateTimeFormatOptions[],
  instants: readonly number[],
): Lexicon {
  const words = new Map<string, number>()
  const learn = (word: string, position: number): void => {
    const form = foldWord(word)
    if (/^[\p{L}']{2,}$/u.test(form) && !words.has(form)) words.set(form, position)
  }
  for (const style of styles) {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...style, timeZone: 'UTC' })
    instants.forEach((instant, index) => {
      for (const { type, value } of format.formatToParts(instant)) if (type === part) learn(value, index + 1)
    })
  }
  return words
}

function remembered(cache: Map<string, Lexicon>, language: string, make: () => Lexicon): Lexicon {
  const known = cache.get(language)
  if (known !== undefined) return known
  const made = make()
  cache.set(language, made)
  return made
}
