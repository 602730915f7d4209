/** How many values a sketch has; two texts agree on about the share of them that they share of their runs. */
const SKETCH_SIZE = 64

/** Words in a run: long enough for reports that are written to one pattern to share few, short enough to outlive edits. */
const RUN = 10

/** A text of fewer words says too little of itself. */
const FEWEST_WORDS = 20

// Scripts that write words without spaces between them give each character as a word.
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu

/** Numbers of a text that are remembered. */
const MOST_FIGURES = 64

/** What a text is like, so that near-copies are found without comparing texts. */
export interface TextSignature {
  /**
   * MinHash (Broder 1997) over runs of ten words, whatever their case and punctuation: 64 signed 32-bit numbers. Two
   * texts agree at a place with the probability that is the share of runs that they have in common (their Jaccard
   * index). Empty for a text of less than 20 words.
   */
  readonly sketch: readonly number[]
  /**
   * Hashes of the first 64 distinct numbers of two digits and more. Reports that are written to a pattern have the
   * same words and other numbers; a copy keeps the numbers.
   */
  readonly figures: readonly number[]
}

export function signatureOf(text: string): TextSignature {
  const hashes = (text.toLowerCase().match(words) ?? []).map(hashOf)
  if (hashes.length < FEWEST_WORDS) return { sketch: [], figures: [] }
  const figures = new Set((text.match(/\p{Nd}{2,}/gu) ?? []).map((figure) => hashOf(figure) | 0))
  return { sketch: sketchOf(runsOf(hashes)), figures: [...figures].slice(0, MOST_FIGURES) }
}

/** Of 64 places, how many two texts must agree on: about an eighth in common. `npm run bench -- duplicates` judges it. */
const FEWEST_SHARED = 8

/**
 * Whether two texts say nearly the same. Reports that are written to one pattern share words but not numbers, so that two
 * thirds of the numbers of the text that has fewer must be in the other.
 */
export function isLike(one: TextSignature, other: TextSignature): boolean {
  let agreeing = 0
  for (let place = 0; place < one.sketch.length; place++)
    if (one.sketch[place] === other.sketch[place]) agreeing++
  if (agreeing < FEWEST_SHARED) return false
  const shared = one.figures.filter((figure) => other.figures.includes(figure)).length
  return shared * 3 >= Math.min(one.figures.length, other.figures.length) * 2
}

/** Of all runs, the least at each place: each place mixes them in an order of its own. */
function sketchOf(runs: Int32Array): number[] {
  return Array.from({ length: SKETCH_SIZE }, (_, place) => {
    // The same run at another place must not look the same, for places are not told apart where sketches are sought.
    return scramble(leastOf(runs, scramble(place + 1)) ^ (place * 0x9e3779b9))
  })
}

/** Compares as if numbers had no sign, but holds them with it: V8 keeps an object for each that is beyond 31 bits. */
function leastOf(runs: Int32Array, seed: number): number {
  let least = 0x7fffffff
  for (const run of runs) {
    const value = scramble(run ^ seed) ^ UNSIGNED
    if (value < least) least = value
  }
  return least ^ UNSIGNED
}

/** Turns the order of numbers without a sign into that of numbers with one, and back. */
const UNSIGNED = -0x80000000

function runsOf(hashes: readonly number[]): Int32Array {
  const runs = new Int32Array(hashes.length - RUN + 1)
  for (let start = 0; start < runs.length; start++) {
    let run = 0
    for (let word = start; word < start + RUN; word++)
      run = scramble(Math.imul(run, 31) ^ (hashes[word] ?? 0))
    runs[start] = run
  }
  return runs
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

/** The finaliser of MurmurHash3: each 32-bit number to another, with no order left in it. */
function scramble(number: number): number {
  let mixed = number
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
