import { authorKey } from '../../../normalise/author.ts'
import { parseMoment } from '../../../normalise/date.ts'
import { cleanLine } from '../../../normalise/text.ts'
import type { Answer, Comment, CommentState } from '../platform.ts'

/** A writer by name, and by the account where there is one. */
export function writtenBy(
  name: string,
  account: string | null,
): Pick<Comment, 'authorName'> & Partial<Comment> {
  const authorName = cleanLine(name)
  return account === null || account === ''
    ? { authorName }
    : { authorName, authorKey: authorKey('user', account) }
}

/** When a comment was changed, if it was. */
export function editedAt(
  raw: string | number | null,
  answer: Pick<Answer, 'fetchedAt'>,
): Pick<Comment, 'isEdited' | 'editedAt'> {
  const { publishedAt: at } = publishedAt(raw, answer)
  return { isEdited: at !== null, editedAt: at }
}

/** The state of what may be removed, or else withheld. */
export function stateOf(isRemoved: boolean, isWithheld: boolean): CommentState {
  if (isRemoved) return 'removed'
  return isWithheld ? 'withheld' : 'visible'
}

type Published = Pick<Comment, 'publishedAt' | 'publishedPrecision' | 'publishedRaw'>

/** When a comment was published; times without an offset are on the clock of `timezone`. */
export function publishedAt(
  raw: string | number | null,
  { fetchedAt }: Pick<Answer, 'fetchedAt'>,
  timezone = 'UTC',
): Published {
  if (raw === null) return { publishedAt: null, publishedPrecision: null, publishedRaw: null }
  const { at, precision } = parseMoment(wireTime(raw), { timezone, fetchedAt })
  return { publishedAt: at, publishedPrecision: precision, publishedRaw: String(raw) }
}

/** Numbers below are seconds, for as milliseconds they are times before April 1970. */
const earliestMilliseconds = 10_000_000_000

function wireTime(raw: string | number): string {
  if (typeof raw === 'string') return raw
  return String(Math.trunc(raw < earliestMilliseconds ? raw * 1000 : raw))
}

/** Text without markup as HTML, with its line breaks. */
export function asHtml(words: string): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br>')}</p>`)
    .join('')
}

/** Votes for and against, with what they come to when both are known. */
export function votes(
  likes: number | null | undefined,
  dislikes: number | null | undefined,
): Pick<Comment, 'likes' | 'dislikes' | 'score'> {
  const isKnown = typeof likes === 'number' && typeof dislikes === 'number'
  return { likes: likes ?? null, dislikes: dislikes ?? null, score: isKnown ? likes - dislikes : null }
}

/** The words for those marks of a writer that are set. */
export function badges(marks: Readonly<Record<string, boolean | undefined>>): string[] {
  return Object.entries(marks).flatMap(([name, isSet]) => (isSet === true ? [name] : []))
}

/** The total as a batch reports it: left out when the answer does not tell. */
export function reported(total: number | null | undefined): { reportedCount?: number } {
  return typeof total === 'number' ? { reportedCount: total } : {}
}
