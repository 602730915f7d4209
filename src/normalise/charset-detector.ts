import { analyse } from 'chardet'
import { encodingNamed } from './charset-label.ts'
import { likeliestEncoding } from './letter-frequency.ts'

/** More of a page tells no more about its encoding. */
const sampleLength = 256 * 1024

/** Below this, chardet's word on a multi-byte encoding is a guess. */
const confident = 60

/** Share of words with bytes over 7F that are made of such bytes all through, in scripts other than Latin. */
const foreignShare = 0.6

const multiByte = /^(?:UTF-8|Big5|GB18030|Shift_JIS|EUC-JP|EUC-KR|ISO-2022-JP)$/
/** Words without their surroundings say nothing on these. */
const neverGuessed = /^(?:UTF-|ASCII|Big5|GB18030|Shift_JIS|EUC-|ISO-2022)/
const latinScript = /^(?:ISO-8859-[129]|windows-125[0247]|windows-1258)$/

/** Logical order, as in all of the web's Hebrew, is windows-1255; the ISO name means visual order. */
const asOnTheWeb: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
}

/**
 * Guesses the encoding of bytes that are neither ASCII nor UTF-8. Always gives a name that
 * `TextDecoder` knows; windows-1252 when nothing speaks for another.
 */
export function detectEncoding(bytes: Uint8Array): string {
  const text = withoutTags(bytes.subarray(0, sampleLength))
  const wide = analyse(text).find(({ name, confidence }) => multiByte.test(name) && confidence >= confident)
  if (wide !== undefined) return wide.name.toLowerCase()
  const words = foreignWords(text)
  const isLatin = shareOfHighBytes(words) < foreignShare
  const likeliest = isLatin ? null : likeliestEncoding(words)
  if (likeliest !== null) return likeliest
  const match = analyse(words)
    .filter(({ name }) => !neverGuessed.test(name) && latinScript.test(name) === isLatin)
    .map(({ name }) => encodingNamed(asOnTheWeb[name] ?? name))
    .find((name) => name !== null)
  return match ?? 'windows-1252'
}

const tagStart = 0x3c
const tagEnd = 0x3e
const space = 0x20

/** Tags are ASCII and look like English or French to a detector. No multi-byte encoding uses `<` inside a character. */
function withoutTags(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length)
  let length = 0
  let isInside = false
  for (const byte of bytes) {
    if (byte === tagStart) isInside = true
    if (!isInside) kept[length++] = byte
    if (byte === tagEnd && isInside) {
      isInside = false
      kept[length++] = space
    }
  }
  return kept.subarray(0, length)
}

/** The words that hold a byte over 7F, separated by spaces: all that tells one-byte encodings apart. */
function foreignWords(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length + 1)
  let length = 0
  let start = 0
  let isForeign = false
  for (let index = 0; index <= bytes.length; index += 1) {
    const byte = bytes[index] ?? space
    if (byte > 0x7f) isForeign = true
    if (byte > 0x7f || isAsciiLetter(byte)) continue
    if (isForeign) {
      kept.set(bytes.subarray(start, index), length)
      length += index - start
      kept[length++] = space
    }
    start = index + 1
    isForeign = false
  }
  return kept.subarray(0, length)
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

function shareOfHighBytes(words: Uint8Array): number {
  let high = 0
  let letters = 0
  for (const byte of words) {
    if (byte > 0x7f) high += 1
    if (byte !== space) letters += 1
  }
  return letters === 0 ? 0 : high / letters
}
