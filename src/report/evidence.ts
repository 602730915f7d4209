/** Of `all`, `bad` were not as they should be. */
export interface Share {
  readonly bad: number
  readonly all: number
}

/**
 * Probability that of `all` or more draws at least `bad` are bad by chance, when the usual share is `usual` (0 to 1):
 * the upper tail of the binomial distribution.
 */
export function chanceOf({ bad, all }: Share, usual: number): number {
  if (bad <= 0) return 1
  if (usual <= 0) return 0
  if (usual >= 1) return 1
  let term = Math.exp(logChoose(all, bad) + bad * Math.log(usual) + (all - bad) * Math.log1p(-usual))
  let sum = term
  for (let count = bad; count < all; count++) {
    term *= ((all - count) / (count + 1)) * (usual / (1 - usual))
    sum += term
  }
  return Math.min(1, sum)
}

function logChoose(all: number, some: number): number {
  let sum = 0
  for (let index = 1; index <= some; index++) sum += Math.log((all - some + index) / index)
  return sum
}

/** Middle of the values; of two middle ones the mean; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}

/** Standard deviation as the median absolute deviation tells it, which a few odd values don't move. */
export function robustDeviation(values: readonly number[]): number {
  const middle = median(values) ?? 0
  return 1.4826 * (median(values.map((value) => Math.abs(value - middle))) ?? 0)
}
