import { z } from 'zod'
import { parseMoment } from '../../normalise/date.ts'
import { authorKey } from '../../normalise/author.ts'
import { cleanLine } from '../../normalise/text.ts'
import type { Answer, Comment, CommentState } from './platform.ts'

/** Fields as the interfaces of comment servers give them: what is left out, null or of another type is no fault. */
export const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '')

export const count = z
  .number()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

export const flag = z
  .union([z.boolean(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => value === true || value === 1)

/** An id that comes as text or as a number. */
export const id = z.union([z.string().min(1), z.number().int()]).transform(String)

/** The id of another comment: null, 0 and an empty text stand for none. */
export const reference = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) =>
    value === null || value === undefined || value === '' || value === 0 || value === '0'
      ? null
      : String(value),
  )

/** A time as text or as a number of seconds or milliseconds since 1970. */
export const time = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

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
