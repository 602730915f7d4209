import { type Searchable, selector } from '../../selector.ts'
import { labelOf } from '../nodes.ts'

/** Words for comments that also count them: "12 Meinungen". */
const commentWords =
  'comments?|thoughts?|responses?|repl(?:y|ies)|reactions?|kommentare?n?|antwort(?:en)?|gedanken?|reaktion(?:en)?|ergänzung(?:en)?|' +
  'meinung(?:en)?|leserbriefe?|commentaires?|réponses?|réactions?|comentarios?|respuestas?|comentários?|respostas?|' +
  'commenti|commento|risposte|reacties?|opmerking(?:en)?|komentarz[ey]?|komentarzy|opini[aei]|opinii|' +
  'komentář[eů]?|komentár(?:e|ov)?|komentar(?:a|i|ja|jev)?|kommentarer|kommentaarit?|kommentit|kommentt?ia?|' +
  'hozzászólás(?:ok)?|comentari(?:i|u|s)?|yorum(?:lar)?|комментари(?:й|я|ев|и)|коментар(?:ь|а|я|ів|и|і)?|отзыв(?:а|ов)?|' +
  'σχόλι(?:α|ο)|תגובות|תגובה|(?:ال)?تعليق(?:ات)?|نظر(?:ات)?|टिप्पणी|टिप्पणियाँ|टिप्पणियां|bình luận'

/** Words for what is said that only name it: "Diskussion (12)" counts, "12 Diskussionen" counts something else. */
const headingWords =
  'dis[ck]ussion|diskus[ei]a?|обсуждени[ея]|debat(?:te|e)?|join the (?:conversation|discussion)'
const readers = '(?:(?:reader|user|leser|nutzer)[\\s-]?)?'
const said = `${readers}(?:${commentWords})`
const named = `${readers}(?:${commentWords}|${headingWords})`

const grouped = '\\d{1,3}(?:[ \\u00A0\\u202F.,]\\d{3})+|\\d+'
const wordEnd = '(?![\\p{L}\\p{M}\\d])'

const before = new RegExp(`(?<![\\p{L}\\d])(${grouped})\\s{0,3}${said}${wordEnd}`, 'iu')
const after = new RegExp(`(?<![\\p{L}\\d])${named}\\s{0,3}[:(\\[]\\s{0,3}(${grouped})`, 'iu')
const parted = new RegExp(`(?<![\\p{L}\\d])${named}\\s{0,3}[·•|–—-]\\s{0,3}(${grouped})$`, 'iu')
const whole = new RegExp(`^${named}\\s{1,3}(${grouped})$`, 'iu')
const single = new RegExp(
  `(?<![\\p{L}\\d])(?:one|ein|eine|un|une|uno|una|um|uma|один|één|jeden|ett)\\s{1,3}${said}${wordEnd}`,
  'iu',
)
const invitation =
  /(?<!\p{L})(?:leave|add|write|laisse[rz]?|ajoute[rz]?|écri\p{L}+|dej[ae]r?|añad\p{L}+|escrib\p{L}+|schreib\p{L}*|lascia|scrivi|deix[ae]r?|escrev\p{L}+|остав\p{L}+|напис\p{L}+)(?!\p{L})/iu

/** Written without spaces between words: "12条评论", "コメント12件". A year or a day is no count. */
const joinedWords = '(?:评论|評論|留言|回應|回复|回覆|コメント|댓글|의견)'
const joinedBefore = new RegExp(`(${grouped})\\s?(?:[条條则則个個件개][の의]?)?\\s?${joinedWords}`, 'u')
const joinedAfter = new RegExp(
  `${joinedWords}(?:数|數|수)?\\s{0,3}[:：(（\\[·]?\\s{0,3}(${grouped})(?!\\s?[\\d年月日년월일])`,
  'u',
)
const bare = new RegExp(`^[(\\[]?(${grouped})[)\\]]?$`, 'u')
const counts = [before, after, parted, whole, joinedBefore, joinedAfter]

/** Headings are short; whatever is longer is a text that happens to speak of comments. */
const longestHeading = 300

/** The number of comments that a heading such as "1 204 comments" or "Комментарии (12)" states. */
export function countInHeading(text: string): number | null {
  const heading = plainDigits(text.trim().slice(0, longestHeading))
  for (const count of counts) {
    const digits = count.exec(heading)?.[1]
    if (digits !== undefined) return toCount(digits)
  }
  return single.test(heading) && !invitation.test(heading) ? 1 : null
}

/** As `countInHeading`; a number alone counts too, as in a counter beside an icon. */
export function countInCounter(text: string): number | null {
  const digits = bare.exec(plainDigits(text.trim()))?.[1]
  return digits === undefined ? countInHeading(text) : toCount(digits)
}

/** Arabic and Persian digits end in the same four bits as the numbers that they stand for. */
function plainDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
}

const countProperty = selector('[itemprop="commentCount"]')
const countInJson = /"commentCount"\s{0,5}:\s{0,5}"?(\d{1,9})/g

/** The count in the page's JSON-LD or microdata, when it gives one; lists of articles give several. */
export function countInStructuredData(page: Searchable, html: string): number | null {
  const property = countProperty.all(page)
  const counts = new Set([
    ...[...html.matchAll(countInJson)].map((match) => Number(match[1])),
    ...property
      .map((element) => countInCounter(element.attribs['content'] ?? labelOf(element) ?? ''))
      .filter((count) => count !== null),
  ])
  const [count] = counts
  return counts.size === 1 && count !== undefined ? count : null
}

function toCount(digits: string): number {
  return Number(digits.replace(/\D/g, ''))
}
