import { isUtf8 } from 'node:buffer'
import { byteOf, windowsCharacters } from './windows-1252.ts'

/** So many characters that all come out whole do not come about by chance. */
const convincingCharacters = 3

/** A byte that begins a character in UTF-8 and one that goes on with it, both read as characters of a one-byte encoding. */
const pair = new RegExp(`[\\u00C2-\\u00F4][\\u0080-\\u00BF${windowsCharacters}]`)
const notOneByte = new RegExp(`[^\\u0000-\\u00FF${windowsCharacters}]`)

/**
 * Undoes what a server did that took UTF-8 for windows-1252 or ISO 8859-1 and made UTF-8 of it once more: "donâ€™t".
 * @returns null for a text that is not throughout like that, so that one which only quotes such characters stays as it is.
 */
export function undoDoubleEncoding(text: string): string | null {
  if (!pair.test(text) || notOneByte.test(text)) return null
  const bytes = Uint8Array.from(text, byteOf)
  if (!isUtf8(bytes)) return null
  const undone = new TextDecoder().decode(bytes)
  return (undone.match(/[^\0-\u007F]/gu) ?? []).length >= convincingCharacters ? undone : null
}
