import { createRandom, type Random } from '../../../src/demo/random.ts'

/** Seeded draws of counts. */
export class Dice {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = createRandom(seed)
  }

  next(): number {
    return this.#random.next()
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least)
  }

  pick<Item>(list: readonly Item[]): Item {
    return this.#random.pick(list)
  }

  poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.next(); product > limit; product *= this.next()) count++
    return count
  }

  binomial(trials: number, probability: number): number {
    let count = 0
    for (let trial = 0; trial < trials; trial++) if (this.next() < probability) count++
    return count
  }
}
