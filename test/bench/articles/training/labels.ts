import type { Block } from '../../../../src/extractors/article/page-outline.ts'
import { passageText } from '../../../../src/extractors/article/body/passage-words.ts'
import { wordsOf } from '../score/words.ts'

/** How much of a passage is in the page's truth, and how many words it has. */
export interface Label {
  readonly share: number
  readonly words: number
}

const shingle = 4
const reach = 2

/**
 * Finds each passage in the truth by its four-word shingles, each of which counts once, so that of two equal passages
 * only one is the article's. A shorter one, such as a cell of a table, belongs when its words are in the truth and a neighbour
 * belongs, or as far as they are in shingles of the truth together with what stands before and after.
 */
export function labelPassages(passages: readonly Block[], truth: string): Label[] {
  const told = wordsOf(truth)
  const left = countShingles(told)
  const all = new Set(left.keys())
  const joined = ` ${told.join(' ')} `
  const texts = passages.map((passage) => wordsOf(passageText(passage)))
  const covered = coveredShares(texts, all)
  const shares: number[] = texts.map(() => -1)
  for (const place of bestFirst(texts, covered)) {
    const words = texts[place] ?? []
    if (words.length >= shingle) shares[place] = takeShingles(words, left)
  }
  return texts.map((words, place) => {
    const share = shares[place] ?? -1
    if (share >= 0) return { share, words: words.length }
    const near = shares.slice(Math.max(0, place - reach), place + reach + 1)
    const isHeld = words.length > 0 && joined.includes(` ${words.join(' ')} `)
    const isBeside = isHeld && near.some((other) => other >= 0.5)
    return { share: isBeside ? 1 : (covered[place] ?? 0), words: words.length }
  })
}

/** Places of the texts, those first that stand among what is told: of two equal ones, that is the article's. */
function bestFirst(texts: readonly (readonly string[])[], covered: readonly number[]): number[] {
  const whole = texts.map((words) => words.join(' '))
  const around = texts.map((_, place) => {
    let told = 0
    let words = 1
    for (let near = place - reach; near <= place + reach; near++) {
      const length = whole[near] === whole[place] ? 0 : (texts[near]?.length ?? 0)
      told += length * (covered[near] ?? 0)
      words += length
    }
    return told / words
  })
  return [...texts.keys()].toSorted((one, other) => (around[other] ?? 0) - (around[one] ?? 0))
}

/** For each text, the share of its words in a shingle that is told, wherever one text ends and the next begins. */
function coveredShares(texts: readonly (readonly string[])[], told: ReadonlySet<string>): number[] {
  const words = texts.flat()
  const isCovered = new Uint8Array(words.length)
  for (const [start, one] of shinglesOf(words).entries())
    if (told.has(one)) isCovered.fill(1, start, start + shingle)
  let start = 0
  return texts.map(({ length }) => {
    const own = isCovered.subarray(start, (start += length))
    return own.reduce((sum, covered) => sum + covered, 0) / Math.max(1, length)
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
