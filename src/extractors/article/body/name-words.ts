import { wordsByWeight } from './name-weights.ts'

const trained = new Map(
  wordsByWeight.flatMap(([weight, words]) => words.split(' ').map((word) => [word, weight])),
)

/** The words that class and id are made of, and pairs of them that stand together: `post-body` → post, body, post-body. */
export function nameWords(names: string): string[] {
  const words: string[] = []
  let before = ''
  let beforeAt = 0
  let start = -1
  for (let index = 0; index <= names.length; index++) {
    const code = names.charCodeAt(index)
    if (isLetter(code)) {
      if (start < 0) start = index
      continue
    }
    if (start >= 0 && index - start > 1) {
      const word = names.slice(start, index)
      words.push(word)
      if (before !== '')
        words.push(
          isWritten(names, beforeAt + before.length, start)
            ? names.slice(beforeAt, index)
            : `${before}-${word}`,
        )
      before = word
      beforeAt = start
    }
    start = -1
    if (isSpace(code)) before = ''
  }
  return words
}

/** Whether a pair stands in the name as it is made: "post-body", but not "post_body". */
const isWritten = (names: string, end: number, start: number): boolean =>
  start === end + 1 && names[end] === '-'

const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)))

const isLetter = (code: number): boolean => code >= 97 && code <= 122

/** The weights of the words that speak against an article's text the most, and for it: 0 where none does. */
export interface WeightRange {
  readonly least: number
  readonly most: number
}

export function weightRange(names: string, weights: ReadonlyMap<string, number> = trained): WeightRange {
  let least = 0
  let most = 0
  for (const word of nameWords(names)) {
    const weight = weights.get(word) ?? 0
    if (weight < least) least = weight
    else if (weight > most) most = weight
  }
  return { least, most }
}

/** What the names of elements say: above 0, that articles' text is found under them; below 0, that other things are. */
export function nameWeight(names: string, weights?: ReadonlyMap<string, number>): number {
  const { least, most } = weightRange(names, weights)
  return least + most
}
