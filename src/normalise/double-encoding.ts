import { isUtf8 } from 'node:buffer'
import { byteOf, windowsCharacters } from './windows-1252.ts'

/** So many characters that all come out whole do not come about by chance. */
const convincingCharacters = 3

/** Characters beyond ASCII that stand together: within a sequence of UTF-8 there are no others. */
const sequences = /[^\0-\u007F]+/g
const notOneByte = new RegExp(`[^\\u0000-\\u00FF${windowsCharacters}]`)

/**
 * Undoes what a server did that took UTF-8 for windows-1252 or ISO 8859-1 and made UTF-8 of it once more: "donâ€™t".
 * @returns null for a text that is not throughout like that, so that one which only quotes such characters stays as it is.
 */
export function undoDoubleEncoding(text: string): string | null {
  let count = 0
  for (const [sequence] of text.matchAll(sequences)) {
    const once = decodedSequence(sequence)
    if (once === null) return null
    if (count < convincingCharacters) count += once.match(/./gsu)?.length ?? 0
  }
  if (count < convincingCharacters) return null
  return text.replaceAll(sequences, (found) => decodedSequence(found) ?? found).replace(/^\uFEFF/, '')
}

function decodedSequence(characters: string): string | null {
  if (notOneByte.test(characters)) return null
  const bytes = Uint8Array.from(characters, byteOf)
  return isUtf8(bytes) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : null
}
