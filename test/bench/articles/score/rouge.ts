import { harmonicMean } from './body.ts'
import { wordsOf } from './words.ts'

/**
 * ROUGE-LSum F1 of two texts: for each line of the truth, the words that lie on a longest common subsequence with any
 * line of the prediction; each word counts as often as both texts have it. Upper and lower case are the same.
 */
export function rougeLsum(truth: string, predicted: string): number {
  const wanted = linesOf(truth)
  const found = linesOf(predicted)
  const wantedTotal = countWords(wanted)
  const foundTotal = countWords(found)
  if (wantedTotal === 0 && foundTotal === 0) return 1
  if (wantedTotal === 0 || foundTotal === 0) return 0
  const left = countEach(found)
  const alike = new Set(found.map((line) => line.join(' ')))
  let hits = 0
  for (const line of wanted) {
    const taken = alike.has(line.join(' ')) ? line : unionOfSubsequences(line, found)
    for (const word of taken) {
      const count = left.get(word) ?? 0
      if (count === 0) continue
      left.set(word, count - 1)
      hits += 1
    }
  }
  return harmonicMean(hits / foundTotal, hits / wantedTotal)
}

const linesOf = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => wordsOf(line.toLowerCase()))
    .filter((words) => words.length > 0)

const countWords = (lines: readonly (readonly string[])[]): number =>
  lines.reduce((sum, line) => sum + line.length, 0)

function countEach(lines: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of lines.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** The words of a line, in order, that lie on a longest common subsequence with one of the others. */
function unionOfSubsequences(line: readonly string[], others: readonly (readonly string[])[]): string[] {
  const places = new BitPlaces(line)
  const taken = new Set<number>()
  for (const other of others) {
    for (const place of places.longestCommonSubsequence(other)) taken.add(place)
    if (taken.size === line.length) break
  }
  return line.filter((_, place) => taken.has(place))
}

const BITS = 32
type Row = Uint32Array<ArrayBuffer>

/**
 * Longest common subsequences of one line with many, 32 cells of the table at a time (Hyyrö 2004): in row `n`, a bit
 * is 0 where the length for the line's first `n` words of the other one grows at this place of the line.
 */
export class BitPlaces {
  readonly #words: number
  readonly #length: number
  readonly #masks = new Map<string, Row>()

  constructor(line: readonly string[]) {
    this.#length = line.length
    this.#words = Math.ceil(line.length / BITS)
    line.forEach((word, place) => {
      const mask = this.#masks.get(word) ?? new Uint32Array(this.#words)
      mask[place >>> 5] = (mask[place >>> 5] ?? 0) | (1 << (place & 31))
      this.#masks.set(word, mask)
    })
  }

  /** Places of the line, from its end, that lie on one such subsequence. */
  longestCommonSubsequence(other: readonly string[]): number[] {
    // Words that the line does not have change no row.
    const known = other.flatMap((word) => this.#masks.get(word) ?? [])
    const rows: Row[] = [new Uint32Array(this.#words).fill(0xffff_ffff)]
    for (const mask of known) rows.push(nextRow(rows.at(-1) ?? mask, mask))
    const places: number[] = []
    let row = known.length
    for (let place = this.#length - 1; place >= 0 && row > 0; place -= 1) {
      if (isSet(rows[row], place)) continue
      // Up to the row whose word is the line's word here: until there the length is the same.
      while (row > 0 && !isSet(known[row - 1], place)) row -= 1
      places.push(place)
      row -= 1
    }
    return places
  }
}

/** V' = (V + (V & M)) | (V & ~M), with the carry from word to word. */
function nextRow(row: Row, mask: Row): Row {
  const next = new Uint32Array(row.length)
  let carry = 0
  for (let index = 0; index < row.length; index += 1) {
    const bits = row[index] ?? 0
    const both = (bits & (mask[index] ?? 0)) >>> 0
    const sum = bits + both + carry
    carry = sum > 0xffff_ffff ? 1 : 0
    next[index] = (sum | (bits & ~both)) >>> 0
  }
  return next
}

function isSet(row: Row | undefined, place: number): boolean {
  return row === undefined || ((row[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0
}
