import { wordsOf } from './words.ts'

/** How two texts overlap; the three parts of a page add up to 1, or are 0 when neither has a word. */
export interface Overlap {
  readonly shared: number
  /** In the prediction only. */
  readonly extra: number
  /** In the truth only. */
  readonly missing: number
}

const WORDS = 4

/** Compares bags of four-word shingles, as the Scrapinghub benchmark does. */
export function compareBodies(truth: string, predicted: string): Overlap {
  const wanted = shinglesOf(truth)
  const found = shinglesOf(predicted)
  let shared = 0
  for (const [shingle, count] of found.counts) shared += Math.min(count, wanted.counts.get(shingle) ?? 0)
  const all = found.total + wanted.total - shared
  if (all === 0) return { shared: 0, extra: 0, missing: 0 }
  return { shared: shared / all, extra: (found.total - shared) / all, missing: (wanted.total - shared) / all }
}

/** Fewer words than a shingle has make one shingle. */
function shinglesOf(text: string): { readonly counts: ReadonlyMap<string, number>; readonly total: number } {
  const words = wordsOf(text)
  const counts = new Map<string, number>()
  if (words.length === 0) return { counts, total: 0 }
  const total = Math.max(1, words.length - WORDS + 1)
  for (let start = 0; start < total; start += 1) {
    const shingle = words.slice(start, start + WORDS).join(' ')
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1)
  }
  return { counts, total }
}

export const precisionOf = ({ shared, extra, missing }: Overlap): number =>
  extra === 0 && missing === 0 ? 1 : shared === 0 ? 0 : shared / (shared + extra)

export const recallOf = ({ shared, extra, missing }: Overlap): number =>
  extra === 0 && missing === 0 ? 1 : shared === 0 ? 0 : shared / (shared + missing)

export function harmonicMean(one: number, other: number): number {
  return one + other === 0 ? 0 : (2 * one * other) / (one + other)
}

/** Precision is the mean of the pages with a prediction, recall of those with a truth. */
export function scoreBodies(overlaps: readonly Overlap[]) {
  const precision = mean(overlaps.filter(({ shared, extra }) => shared + extra > 0).map(precisionOf))
  const recall = mean(overlaps.filter(({ shared, missing }) => shared + missing > 0).map(recallOf))
  return { precision: precision ?? 0, recall: recall ?? 0, f1: harmonicMean(precision ?? 0, recall ?? 0) }
}

/** Null when there is nothing to take the mean of. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
