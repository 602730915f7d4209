import type { Block } from '../../../../src/extractors/article/page-outline.ts'
import { passageText } from '../../../../src/extractors/article/body/passage-tree.ts'
import { wordsOf } from '../score/words.ts'

/** How much of a passage is in the page's truth, and how many words it has. */
export interface Label {
  readonly share: number
  readonly words: number
}

const shingle = 4
const reach = 2

/**
 * Finds each passage in the truth by its four-word shingles, each of which counts once, so that the second of two equal
 * passages is none. A shorter one belongs when its words are in the truth and a neighbour belongs.
 */
export function labelPassages(passages: readonly Block[], truth: string): Label[] {
  const told = wordsOf(truth)
  const left = countShingles(told)
  const joined = ` ${told.join(' ')} `
  const texts = passages.map((passage) => wordsOf(passageText(passage)))
  const shares = texts.map((words) => (words.length < shingle ? -1 : takeShingles(words, left)))
  return texts.map((words, place) => {
    const share = shares[place] ?? -1
    if (share >= 0) return { share, words: words.length }
    const near = shares.slice(Math.max(0, place - reach), place + reach + 1)
    const isHeld = words.length > 0 && joined.includes(` ${words.join(' ')} `)
    return { share: isHeld && near.some((other) => other >= 0.5) ? 1 : 0, words: words.length }
  })
}

function shinglesOf(words: readonly string[]): string[] {
  return words
    .slice(0, Math.max(1, words.length - shingle + 1))
    .map((_, start) => words.slice(start, start + shingle).join(' '))
}

function countShingles(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of shinglesOf(words)) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

function takeShingles(words: readonly string[], left: Map<string, number>): number {
  const all = shinglesOf(words)
  let found = 0
  for (const one of all) {
    const count = left.get(one) ?? 0
    if (count === 0) continue
    left.set(one, count - 1)
    found++
  }
  return found / all.length
}
