import { harmonicMean } from './body.ts'
import { wordsOf } from './words.ts'

/** Whether two titles are the same but for case, white space and the shape of quotes and dashes. */
export function isSameTitle(truth: string, predicted: string | null): boolean {
  return plain(truth) === plain(predicted ?? '')
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[‘’‚‛`´]/g, "'")
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/\u00AD|\u200B/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ '"]+|[ '"]+$/g, '')
}

/** F1 of the names as sets; a name is its words. */
export function scoreAuthors(truth: readonly string[], predicted: readonly string[]): number {
  const wanted = namesOf(truth)
  const found = namesOf(predicted)
  if (wanted.size === 0 && found.size === 0) return 1
  if (wanted.size === 0 || found.size === 0) return 0
  const shared = [...wanted].filter((name) => found.has(name)).length
  return harmonicMean(shared / wanted.size, shared / found.size)
}

function namesOf(authors: readonly string[]): Set<string> {
  return new Set(authors.map((author) => wordsOf(plain(author)).join(' ')).filter((name) => name !== ''))
}

export function isMoment(text: string | null): text is string {
  return text !== null && !Number.isNaN(Date.parse(text))
}

/** A day counts as written and in UTC, for the truth as for the prediction. */
export function isSameDay(truth: string, predicted: string | null): boolean {
  if (!isMoment(predicted)) return false
  const days = daysOf(truth)
  return daysOf(predicted).some((day) => days.includes(day))
}

const daysOf = (moment: string): string[] => [
  moment.slice(0, 10),
  new Date(moment).toISOString().slice(0, 10),
]

export const hasTime = (moment: string): boolean => moment.length > 'YYYY-MM-DD'.length

/** Apart by a minute at most. */
export function isSameMinute(truth: string, predicted: string | null): boolean {
  return isMoment(predicted) && Math.abs(Date.parse(predicted) - Date.parse(truth)) <= 60_000
}

/** The region does not count, and neither which of the two written languages of Norway it is. */
export function isSameLanguage(truth: string, predicted: string | null): boolean {
  return primary(truth) === primary(predicted ?? '')
}

function primary(tag: string): string {
  const [language = ''] = tag.toLowerCase().split(/[-_]/)
  return language === 'nb' || language === 'nn' ? 'no' : language
}
