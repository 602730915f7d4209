import { windowsCharacter } from './windows-1252.ts'

/** Longest text that is kept, in UTF-16 units; longer ones are cut. */
export const maxTextLength = 1_000_000

/** Longest single line (a title, a name) that is kept, in UTF-16 units. */
const maxLineLength = 1_000

const lineBreaks = /\r\n|[\r\v\f\u0085\u2028\u2029]/g

/** Controls but tab and line feed, byte order marks inside the text, and non-characters. */
const unstorable = /(?![\t\n])[\p{Cc}\uFEFF\p{Noncharacter_Code_Point}]/gu

/** One of those may be in a text: far cheaper to look for, for it takes no notice of pairs of surrogates. */
const mayBeUnstorable = /[^\t\n -~\u00A0-\uDFFD\uE000-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFFD]/

/** Marks without a glyph that steer where lines break and never say something. */
const breakingMarks = /[\u00AD\u200B\u2060]/g
const anyBreakingMark = /[\u00AD\u200B\u2060]/

/**
 * Characters that no rule for single ones can touch, and that do not combine: tab, line feed, ASCII, the letters
 * of western Europe, Cyrillic, dashes, quotation marks, the euro. Nearly all of what people write here.
 */
const plain = /^[\t\n -~¡-¬®-ſЀ-҂‐-‧€№]*$/

/** The same with spaces that do not break, which are no matter to who leaves white space as it is. */
const storablePlain = /^[\t\n -~\u00A0-¬®-ſЀ-҂‐-‧€№]*$/

/** Spaces that a plain text would lose or see changed. */
const loose = /\t| [ \n]|\n |\n{3}|^[ \n]|[ \n]$/

/** Spaces other than the usual one, and joiners, which are no part of a line where they stand at its edge. */
const otherSpaces = /[\t\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000]/

const spaces = /[\t\p{Zs}]+/gu

/** Spaces that are not one usual one. */
const unevenSpaces = /[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]| {2}/

/**
 * Text as it is hashed and stored: well-formed, NFC, without U+0000, controls and non-characters
 * (PostgreSQL refuses or alters those, which would make every new crawl look like an edit).
 * Spaces are collapsed and lines trimmed; line breaks stay, several empty lines become one.
 * Idempotent. A text over `maxLength` UTF-16 units is cut, never inside a character.
 */
export function cleanText(raw: string, maxLength: number = maxTextLength): string {
  if (plain.test(raw) && !loose.test(raw)) return cut(raw, maxLength)
  const stored = storableCharacters(raw)
  const text = anyBreakingMark.test(stored) ? stored.replace(breakingMarks, '').normalize('NFC') : stored
  if (!otherSpaces.test(text) && !loose.test(text)) return cut(text, maxLength)
  const lines = text
    .split('\n')
    .map((line) => trimmed(unevenSpaces.test(line) ? line.replace(spaces, ' ') : line))
  return cut(trimmed(lines.join('\n').replace(/\n{3,}/g, '\n\n')), maxLength)
}

/** A title, name or label on one line, cleaned as by `cleanText`; null when nothing is left. */
export function cleanLine(raw: string | null | undefined, maxLength: number = maxLineLength): string | null {
  if (raw === null || raw === undefined) return null
  const line = cleanText(inOneLine(raw), maxLength)
  return line === '' ? null : line
}

function inOneLine(raw: string): string {
  const withoutBreaks = plain.test(raw) ? raw : raw.replace(lineBreaks, ' ')
  return withoutBreaks.includes('\n') ? withoutBreaks.replaceAll('\n', ' ') : withoutBreaks
}

/**
 * The same characters as far as a database takes them: well-formed, NFC, one kind of line break, no
 * controls but tab and line feed, no non-characters. White space stays as it is. For HTML; plain text
 * goes through `cleanText`.
 */
export function storableCharacters(raw: string): string {
  if (storablePlain.test(raw)) return raw
  const text = raw.toWellFormed().replace(lineBreaks, '\n')
  return (mayBeUnstorable.test(text) ? text.replace(unstorable, storable) : text).normalize('NFC')
}

/** Controls of the upper range are punctuation of windows-1252 that somebody took for ISO 8859-1, as browsers have it. */
function storable(character: string): string {
  const meant = windowsCharacter(character)
  return meant === character ? '' : meant
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const splitsCharacter = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1))
  return trimmed(text.slice(0, splitsCharacter ? maxLength - 1 : maxLength))
}

/** Joiners between letters and in emoji carry meaning; at the edge of a line they carry none. */
function isEdge(unit: string): boolean {
  return unit === ' ' || unit === '\n' || unit === '\u200C' || unit === '\u200D'
}

/** A loop, because a pattern anchored at the end takes quadratic time on long runs of joiners. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isEdge(text.charAt(start))) start += 1
  while (end > start && isEdge(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
