import { wordsByWeight } from './name-weights.ts'

const trained = new Map(
  wordsByWeight.flatMap(([weight, words]) => words.split(' ').map((word) => [word, weight])),
)

/** The words that class and id are made of, and pairs of them that stand together: `post-body` → post, body, post-body. */
export function nameWords(names: string): string[] {
  const words: string[] = []
  for (const name of names.split(/\s+/)) {
    const parts = name.split(/[^a-z]+/).filter((part) => part.length > 1)
    words.push(...parts)
    for (let index = 1; index < parts.length; index++) words.push(`${parts[index - 1]}-${parts[index]}`)
  }
  return words
}

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
