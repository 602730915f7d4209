import { isAscii, isUtf8, transcode } from 'node:buffer'
import { detectEncoding } from './charset-detector.ts'
import { undoDoubleEncoding } from './double-encoding.ts'
import { windowsCharacter } from './windows-1252.ts'
import { encodingOfHeader, encodingOfMark, encodingOfMarkup } from './charset-label.ts'

export interface DecodedText {
  /** Without byte order mark; undecodable bytes are U+FFFD. */
  readonly text: string
  /** Name in the WHATWG Encoding Standard, lower case. */
  readonly charset: string
  /** What named the encoding. */
  readonly source: 'bom' | 'header' | 'meta' | 'detector' | 'default'
}

export interface DecodeOptions {
  /** JSON is UTF-8 by its standard (RFC 8259), so that nothing in its text is a declaration. */
  readonly kind?: 'html' | 'xml' | 'json' | 'text'
}

/** Up to this share of undecodable among all non-ASCII characters, a text is UTF-8 with spots. */
const toleratedSpots = 0.1

/** So many multi-byte sequences that are all valid UTF-8 do not come about by chance. */
const convincingSequences = 3

/**
 * Decodes a body: byte order mark, then Content-Type, then the page's own declaration, then a guess
 * from the bytes. A declaration that the bytes contradict (UTF-8 that is not, or a one-byte encoding
 * over valid UTF-8) yields to the next. What was encoded twice is decoded twice. Never throws.
 */
export function decodeBytes(
  bytes: Uint8Array,
  contentType: string | null,
  options: DecodeOptions = {},
): DecodedText {
  const marked = encodingOfMark(bytes)
  if (marked !== null) return decoded(bytes, marked, 'bom')
  const header = encodingOfHeader(contentType)
  const meta = options.kind === 'json' || options.kind === 'text' ? null : encodingOfMarkup(bytes)
  const encoding = header ?? meta
  const declared = header === null ? 'meta' : 'header'
  // Wide encodings and ISO-2022 consist of ASCII bytes.
  if (encoding !== null && /^utf-16|^iso-2022/.test(encoding)) return decoded(bytes, encoding, declared)
  if (isAscii(bytes)) return decodedAscii(bytes, encoding, declared)
  if (isUtf8(bytes)) return decodedUtf8(bytes, encoding, declared)
  return decodedOther(bytes, encoding, declared, meta)
}

function decodedAscii(
  bytes: Uint8Array,
  encoding: string | null,
  declared: DecodedText['source'],
): DecodedText {
  if (encoding !== null) return decoded(bytes, encoding, declared)
  const wide = wideEncoding(bytes)
  return wide === null ? decoded(bytes, 'utf-8', 'default') : decoded(bytes, wide, 'detector')
}

function decodedUtf8(
  bytes: Uint8Array,
  encoding: string | null,
  declared: DecodedText['source'],
): DecodedText {
  if (encoding === 'utf-8') return decodedOnceMore(decoded(bytes, 'utf-8', declared))
  if (encoding === null || hasSequences(bytes, convincingSequences))
    return decodedOnceMore(decoded(bytes, 'utf-8', 'detector'))
  return decoded(bytes, encoding, declared)
}

const decodedOnceMore = (once: DecodedText): DecodedText => ({
  ...once,
  text: undoDoubleEncoding(once.text) ?? once.text,
})

/** The bytes are not UTF-8, even if the declaration says so. */
function decodedOther(
  bytes: Uint8Array,
  encoding: string | null,
  declared: DecodedText['source'],
  meta: string | null,
): DecodedText {
  if (encoding === null) return decoded(bytes, detectEncoding(bytes), 'detector')
  if (encoding !== 'utf-8') return decoded(bytes, encoding, declared)
  const asDeclared = decoded(bytes, 'utf-8', declared)
  if (shareOfSpots(asDeclared.text) <= toleratedSpots) return asDeclared
  const other =
    meta === null || meta === 'utf-8'
      ? decoded(bytes, detectEncoding(bytes), 'detector')
      : decoded(bytes, meta, 'meta')
  return countSpots(other.text) < countSpots(asDeclared.text) ? other : asDeclared
}

function decoded(bytes: Uint8Array, charset: string, source: DecodedText['source']): DecodedText {
  const text =
    charset === 'utf-8' && isUtf8(bytes) ? validUtf8(bytes) : new TextDecoder(charset).decode(bytes)
  return { text: charset === 'windows-1252' ? withWindowsPunctuation(text) : text, charset, source }
}

/** By the ways of a buffer that do not ask of every byte what it is: valid text is all that they can read. */
function validUtf8({ buffer, byteOffset, byteLength }: Uint8Array): string {
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  if (isAscii(bytes)) return bytes.toString('latin1')
  const text = transcode(bytes, 'utf8', 'utf16le').toString('utf16le')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** Several Node releases decode windows-1252 as ISO 8859-1 (nodejs/node#56542), which loses “quotes” and €. */
function withWindowsPunctuation(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, windowsCharacter)
}

/** UTF-16 without a mark shows as a NUL in nearly every other byte of markup. */
function wideEncoding(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 256)
  const nulsAt = (parity: number): number =>
    sample.filter((byte, index) => byte === 0 && index % 2 === parity).length
  const many = sample.length * 0.4
  if (nulsAt(1) > many && nulsAt(0) === 0) return 'utf-16le'
  return nulsAt(0) > many && nulsAt(1) === 0 ? 'utf-16be' : null
}

function hasSequences(utf8: Uint8Array, wanted: number): boolean {
  let seen = 0
  for (const byte of utf8) {
    if (byte >= 0xc0) seen += 1
    if (seen >= wanted) return true
  }
  return false
}

function shareOfSpots(text: string): number {
  let others = 0
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) others += 1
  return others === 0 ? 0 : countSpots(text) / others
}

function countSpots(text: string): number {
  let count = 0
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) count += 1
  return count
}
