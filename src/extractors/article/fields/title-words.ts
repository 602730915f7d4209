/** Words, and single letters of the scripts that are written without spaces. */
const words = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}]+/gu

const wordsOf = (text: string): Set<string> => new Set(text.normalize('NFKC').toLowerCase().match(words))

/** How much of the shorter of two titles is in the other: from 0 to 1. */
export function sharedWords(one: string, other: string): number {
  const [few, many] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.size - b.size)
  if (few === undefined || many === undefined || few.size === 0) return 0
  let shared = 0
  for (const word of few) if (many.has(word)) shared++
  return shared / few.size
}
