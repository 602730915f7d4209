import { type Searchable, selector } from '../../selector.ts'

const commentWords =
  'comments?|thoughts?|responses?|repl(?:y|ies)|reactions?|kommentare?n?|antwort(?:en)?|gedanken?|reaktion(?:en)?|ergänzung(?:en)?|' +
  'commentaires?|réponses?|comentarios?|respuestas?|comentários?|respostas?|commenti|commento|risposte|reacties?|' +
  'komentarz[ey]?|komentarzy|yorum|комментари(?:й|я|ев|и)|коментар(?:ь|я|ів|і)|отзыв(?:а|ов)?'

const grouped = '\\d{1,3}(?:[ \\u00A0\\u202F.,]\\d{3})+|\\d+'

const before = new RegExp(`(?<![\\p{L}\\d])(${grouped})\\s{0,3}(?:${commentWords})(?![\\p{L}\\d])`, 'iu')
const after = new RegExp(`(?<![\\p{L}\\d])(?:${commentWords})\\s{0,3}[:(\\[]\\s{0,3}(${grouped})`, 'iu')
const whole = new RegExp(`^(?:${commentWords})\\s{1,3}(${grouped})$`, 'iu')
const single = new RegExp(
  `(?<![\\p{L}\\d])(?:one|ein|eine|un|une|uno|una|um|uma|один)\\s{1,3}(?:${commentWords})(?![\\p{L}\\d])`,
  'iu',
)
const bare = new RegExp(`^[(\\[]?(${grouped})[)\\]]?$`, 'u')

/** Headings are short; whatever is longer is a text that happens to speak of comments. */
const longestHeading = 300

/** The number of comments that a heading such as "1 204 comments" or "Комментарии (12)" states. */
export function countInHeading(text: string): number | null {
  const heading = text.trim().slice(0, longestHeading)
  const digits = (before.exec(heading) ?? after.exec(heading) ?? whole.exec(heading))?.[1]
  if (digits !== undefined) return toCount(digits)
  return single.test(heading) ? 1 : null
}

/** As `countInHeading`; a number alone counts too, as in a counter beside an icon. */
export function countInCounter(text: string): number | null {
  const digits = bare.exec(text.trim())?.[1]
  return digits === undefined ? countInHeading(text) : toCount(digits)
}

const countProperty = selector('[itemprop="commentCount"]')
const countInJson = /"commentCount"\s{0,5}:\s{0,5}"?(\d{1,9})/g

/** The count in the page's JSON-LD or microdata, when it gives one; lists of articles give several. */
export function countInStructuredData(page: Searchable, html: string): number | null {
  const property = countProperty.all(page)
  const counts = new Set([
    ...[...html.matchAll(countInJson)].map((match) => Number(match[1])),
    ...property
      .map(({ attribs }) => countInCounter(attribs['content'] ?? ''))
      .filter((count) => count !== null),
  ])
  const [count] = counts
  return counts.size === 1 && count !== undefined ? count : null
}

function toCount(digits: string): number {
  return Number(digits.replace(/\D/g, ''))
}
