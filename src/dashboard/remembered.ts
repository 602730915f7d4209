/** Seconds for which figures are good, and after which whoever asks waits for new ones. */
export interface Ages {
  readonly good: number
  readonly most: number
}

interface Count<Figures> {
  readonly figures: Promise<Figures>
  readonly at: Date
}

/**
 * Figures that take long to count: good ones are given again; ones that are a little old are given again too, and new
 * ones are counted meanwhile.
 */
export class Remembered<Figures> {
  readonly #count: () => Promise<Figures>
  readonly #ages: Ages
  readonly #now: () => Date
  #held: Count<Figures> | null = null
  #underWay: Count<Figures> | null = null

  constructor(count: () => Promise<Figures>, ages: Ages, now: () => Date) {
    this.#count = count
    this.#ages = ages
    this.#now = now
  }

  /** Rejects as the counting did; the next one to ask has it tried again. */
  get(): Promise<Figures> {
    const held = this.#held
    const age = held === null ? Number.POSITIVE_INFINITY : (this.#now().getTime() - held.at.getTime()) / 1000
    if (held !== null && age <= this.#ages.good) return held.figures
    const fresh = (this.#underWay ??= this.#start())
    return held !== null && age <= this.#ages.most ? held.figures : fresh.figures
  }

  #start(): Count<Figures> {
    const count = { figures: this.#count(), at: this.#now() }
    const end = (held: Count<Figures> | null) => () => {
      this.#underWay = null
      this.#held = held
    }
    count.figures.then(end(count), end(null))
    return count
  }
}
