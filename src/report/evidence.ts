/** Of `all`, `bad` were not as they should be. */
export interface Share {
  readonly bad: number
  readonly all: number
}

/**
 * Probability that of `all` or more draws at least `bad` are bad by chance, after what was drawn before: the upper tail
 * of the beta-binomial distribution. The less is known, the more is put down to chance.
 * @param former what was drawn before, and what is believed before any draw: of `all`, more than none and not all are
 * bad; both need not be whole.
 */
export function chanceOf({ bad, all }: Share, former: Share): number {
  if (bad <= 0) return 1
  const good = former.all - former.bad
  let term = Math.exp(
    logChoose(all, bad) +
      logRising(former.bad, bad) +
      logRising(good, all - bad) -
      logRising(former.all, all),
  )
  let sum = term
  for (let count = bad; count < all; count++) {
    term *= ((all - count) / (count + 1)) * ((former.bad + count) / (good + all - count - 1))
    sum += term
  }
  return Math.min(1, sum)
}

/** Logarithm of `from (from + 1) … (from + steps - 1)`. */
function logRising(from: number, steps: number): number {
  let sum = 0
  for (let step = 0; step < steps; step++) sum += Math.log(from + step)
  return sum
}

function logChoose(all: number, some: number): number {
  let sum = 0
  for (let index = 1; index <= some; index++) sum += Math.log((all - some + index) / index)
  return sum
}

const DAY_MS = 86_400_000

/**
 * How often in a day a site is judged: whoever judges it fifty times a day must believe in chance more readily than who
 * does so twice, to be wrong as seldom. @param passes newest first.
 */
export function checksPerDay(passes: readonly { readonly at: Date }[]): number {
  const [newest, oldest] = [passes[0], passes.at(-1)]
  if (newest === undefined || oldest === undefined) return 1
  const days = (newest.at.getTime() - oldest.at.getTime()) / DAY_MS
  return Math.max(1, passes.length / Math.max(1, days))
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
