import type { Element } from 'domhandler'

/** Parts of class names and ids that speak of comments, in the languages that sites name their markup in. */
const commentStems =
  'comment|comentari|coment[aá]rio|komment|koment|commento|yorum|reactie|reagera|opinia|opinie|отзыв|коммент|discussion|diskussion|guestbook|gaestebuch|leserbrief|lesermeinung'

export const commentName = new RegExp(commentStems, 'i')

/** Names of one entry: a comment, or a post of a forum that does not call it one. */
const entryWords: ReadonlySet<string> = new Set(
  `comment commentary kommentar comentario commentaire commento koment komentar komentarz comentariu comm yorum reactie opinia
  opinie post message msg reply answer response feedback thing posting beitrag antwort reaktion mensaje mensagem`.split(
    /\s+/,
  ),
)

/** With these at its end, also a name of many means one: `comments-list__item`. */
const singleWords: ReadonlySet<string> = new Set(
  'item entry row node box card block single unit element'.split(' '),
)

/** Words with which a name means a part of an entry, a list of entries, or something beside them. */
const otherWords: ReadonlySet<string> = new Set(
  `comments kommentare comentarios commentaires komentarze posts messages answers responses notes note no nested
  preferences ad ads preview awaiting list lists form forms count counts counter link links section sections area areas header head title titles heading meta
  metadata author authors date time text content contents body footer foot respond avatar button buttons btn icon icons num
  number numbers action actions label input field fields policy status open closed pagination pager pagenav nav navigation
  navi tools tool toolbar bar menu image img photo thumb thumbnail picture media excerpt summary tag tags category categories
  cat share sharing type format template user username name by info details profile signature sig badge rating vote votes
  like likes replies children loader loading more load toggle show hide editor notice login logged policy rules rule
  settings views view related prev next wrapper-list holder subscribe cancel submit cookies cookie url email website web
  permalink edit quote report controls control options option sort sorting filter indicator placeholder empty none
  password nonce parent id post-meta moderation anchor top bottom column sidebar widget`.split(/\s+/),
)

const moduleHash = /__[\w-]{4,12}$/

/** The words of a class name or id: `commentItem__x3f9`, `comment-item` and `CommentItem` have the same. */
export function wordsOf(name: string): string[] {
  return name
    .replace(moduleHash, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
}

/** Whether a class name or id may be that of a whole entry. */
export function isEntryName(name: string): boolean {
  const words = wordsOf(name)
  const isSingle = singleWords.has(words.at(-1) ?? '')
  if (isSingle && commentName.test(name)) return true
  return words.some((word) => entryWords.has(word)) && words.every((word) => !otherWords.has(word))
}

export function namesOf({ attribs }: Element): string {
  const { id, class: names } = attribs
  if (id === undefined) return names ?? ''
  return names === undefined ? id : `${names} ${id}`
}

/** Class names without what differs from entry to entry: numbers, odd and even, first and last. */
export function tokensOf({ attribs }: Element): string[] {
  const names = attribs['class']
  if (names === undefined) return []
  return names.split(/\s+/).filter((token) => token !== '' && !variable.test(token))
}

const variable =
  /\d{2,}|^(?:odd|even|alt|first|last|parent|bypostauthor|byuser|clearfix|clear)$|^comment-author-|(?:^|[-_])(?:depth|level|indent)[-_]?\d/i

const numbered = /^(?=.*\d)[\w:.-]{1,80}$/

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i

/**
 * What tells an id from those of other entries: the number that it ends in, the longest run of digits in it, or the
 * whole piece where letters and digits are mixed. `comment-123`, `wpd-comm-12_0`, `thing_t1_ab3c`, `c_tjqnv7`.
 */
export function numberIn(id: string | undefined): string | null {
  if (id === undefined || !numbered.test(id)) return null
  const whole = uuid.exec(id)?.[0]
  if (whole !== undefined) return whole
  const piece = id.split(/[-_:.]/).findLast((part) => /\d/.test(part)) ?? ''
  if (/\d[a-z]/i.test(piece) || isCode(piece, id)) return piece
  const digits = id.match(/\d+/g)?.toSorted((a, b) => b.length - a.length)[0] ?? ''
  return digits.length > 3 || /^[a-z]{0,12}\d+$/i.test(piece) ? digits : piece
}

/** Letters before a few digits that are no word for an entry, as in `c_tjqnv7`. */
function isCode(piece: string, id: string): boolean {
  const letters = /^([a-z]{3,12})\d{1,3}$/i.exec(piece)?.[1]
  return letters !== undefined && piece !== id && !isEntryName(letters) && !commentName.test(letters)
}

const depthToken =
  /(?:^|[-_])(?:depth|level|indent|lvl|nest|nesting|niveau|nivel|nivell|livello|ebene|poziom|uroven|úroveň|taso|nivå)[-_]{0,2}(\d{1,3})$/iu

/** How deep an entry says it is, by a class such as `depth-2`. */
export function depthNamed({ attribs }: Element): number | null {
  const names = attribs['class']
  for (const token of names?.split(/\s+/) ?? []) {
    const depth = depthToken.exec(token)?.[1]
    if (depth !== undefined) return Number(depth)
  }
  return null
}
