import { findMoment } from '../../normalise/date.ts'
import { cleanLine } from '../../normalise/text.ts'

/**
 * What a line beside an article's text tells: `volatile` is what changes while the article does not, such as
 * "Views: 120" or "5 minutes ago"; `byline` names the author or the date.
 */
export type MetaLine = 'volatile' | 'byline'

const longestLine = 160

const counted =
  'comments?|commentaires?|comentarios?|comentários?|commenti|kommentare?|komentarz[ey]?|komentář[eů]?|reacties|yorum|комментари(?:й|я|ев|и|ям)|коментар(?:ий|ів|і|я)|' +
  '(?:page ?)?views?|viewed|reads|hits|просмотр(?:ов|а|ы|ено|ели|ело)?|прочтени[йяе]|прочитано|прочитали|переглядів|перегляди?|переглянуто|aufrufe|vues|vistas|visitas|visualizzazioni|visualizações|wyświetle(?:nia|ń)|odsłon|' +
  'shares?|shared|likes?|votes?|репост(?:ов|а|ы)?|лайк(?:ов|а|и)?|голос(?:ов|а|а)?|проголосовал[ои]|поделились'
const count = String.raw`\d[\d\s.,]{0,12}(?:(?:k|m|тыс|млн)(?![\p{L}]))?`
const wordStart = String.raw`(?<![\p{L}\p{N}])`
const wordEnd = String.raw`(?![\p{L}\p{N}])`
const counters = new RegExp(
  [
    `${wordStart}(?:${counted})${wordEnd}\\s{0,3}[:：(–—-]?\\s{0,3}${count}\\)?`,
    `${wordStart}${count}\\s{0,3}(?:${counted})${wordEnd}`,
    `${wordStart}(?:${counted})\\s{0,3}[:：]$`,
    `${wordStart}(?:no|add (?:a )?|leave a|нет|keine|aucun|sin|добавить|оставить)\\s{0,3}(?:comments?|комментари(?:й|ев)|kommentare|commentaire|comentarios)${wordEnd}`,
  ].join('|'),
  'giu',
)
/** Nearly every line has none of these, and then need not be searched for counters. */
const mayCount = /\d|[:：]$|comment|комментари|kommentare|comentarios/iu
const bareCount = new RegExp(`^[(+−-]?\\s{0,3}${count}\\s{0,3}\\)?$`, 'iu')

/** Words that stand beside counts and dates and say nothing more. */
const fillers = new Set(
  (
    'times time people total published posted updated modified added date on at last раз раза человек всего опубликовано обновлено ' +
    'добавлено добавил дата публикации в от veröffentlicht aktualisiert am um uhr publié le mis à jour publicado actualizado el'
  ).split(' '),
)
const authorLabel =
  /^(?:(?:written |posted |published |added )?by|authors?|автор(?:ы)?(?: (?:статьи|текста|материала|публикации))?|автор новости|autor(?:en|in|es)?|auteurs?|autore|добавил|опубликовал)\s*[:：]/iu
const label =
  /^(?:category|categories|section|rubric|date|views|comments|категория|категории|раздел|рубрика|дата|kategorie|rubrik|catégorie|categoría)\s*[:：]/iu
const bareByline = /^(?:by|von|par|por)\s+\p{Lu}/u
const mostNameWords = 6

/** Lines are read as if fetched on either day: only an age or a name of a day gives two moments. */
const readAt = [new Date('2100-06-10T12:00:00Z'), new Date('2100-06-12T12:00:00Z')] as const

/** What a short line tells beside the article; null for a line of text. */
export function metaLineOf(raw: string): MetaLine | null {
  const line = raw.length > longestLine * 2 ? null : cleanLine(raw)
  if (line === null || line.length > longestLine) return null
  const date = dateIn(line)
  const undated =
    date === null ? line : `${line.slice(0, date.index)} ${line.slice(date.index + date.length)}`
  const rest = withoutCounters(undated)
  const segments = rest.split(/[|•·;]/u).map((segment) => segment.trim())
  const isNumberByDate = (segment: string): boolean => date !== null && bareCount.test(segment)
  if (!segments.every((segment) => saysNothing(segment) || isNumberByDate(segment))) return null
  if (rest !== undated || date?.isVolatile === true) return 'volatile'
  const isNamed = (segment: string): boolean => authorLabel.test(segment) || bareByline.test(segment)
  return date !== null || segments.some(isNamed) ? 'byline' : null
}

/** True for a number alone, or with words such as "comments" beside it. */
export function isCount(raw: string): boolean {
  const text = raw.length > longestLine * 2 ? null : cleanLine(raw)
  return (
    text !== null && text.length <= 60 && (bareCount.test(text) || /^[|\s()]*$/.test(withoutCounters(text)))
  )
}

const withoutCounters = (text: string): string => (mayCount.test(text) ? text.replace(counters, '|') : text)

function saysNothing(segment: string): boolean {
  const words = segment.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.every((word) => fillers.has(word))) return true
  if (words.length > mostNameWords + 2 || /[.!?…]$/u.test(segment)) return false
  return authorLabel.test(segment) || label.test(segment) || bareByline.test(segment)
}

function dateIn(line: string): { index: number; length: number; isVolatile: boolean } | null {
  const [day, otherDay] = readAt
  const first = findMoment(line, { timezone: 'UTC', fetchedAt: day })
  if (first?.at == null) return null
  const second = findMoment(line, { timezone: 'UTC', fetchedAt: otherDay })
  const isVolatile = first.at.getTime() !== second?.at?.getTime()
  return { index: first.index, length: first.length, isVolatile }
}
