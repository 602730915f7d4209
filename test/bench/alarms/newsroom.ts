import type { Dice } from './dice.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How many articles a site brings, and when it is looked at. */
export interface Rhythm {
  /** Articles on a day of work. */
  readonly perDay: number
  readonly passHours: number
  readonly weekend: number
  readonly night: number
}

export function rhythmOf(dice: Dice): Rhythm {
  return {
    // From two articles a day to 150.
    perDay: Math.exp(dice.between(Math.log(2), Math.log(150))),
    passHours: dice.pick([0.5, 1, 2, 6]),
    weekend: dice.between(0.2, 1),
    night: dice.between(0, 0.4),
  }
}

/** Days differ, and some are holidays. */
export const paces = { holidays: 0.03, holiday: 0.5, slowest: 0.7, fastest: 1.3 }

/** What appeared between one pass and the next, with the truth that no judge is told. */
export interface Appeared {
  readonly at: Date
  readonly articles: number
  /** What such an hour of such a day brings on average. */
  readonly usual: number
  /** What this very day brings, in times of the usual. */
  readonly pace: number
}

/** The articles of a made-up site, from pass to pass. */
export class Newsroom {
  readonly #dice: Dice
  readonly #rhythm: Rhythm
  #at = Date.parse('2026-01-05T00:00:00Z')
  #pace = 1

  constructor(dice: Dice, rhythm: Rhythm) {
    this.#dice = dice
    this.#rhythm = rhythm
  }

  next(): Appeared {
    const { passHours } = this.#rhythm
    const day = Math.floor(this.#at / DAY)
    this.#at += passHours * HOUR
    if (Math.floor(this.#at / DAY) !== day) this.#pace = paceOf(this.#dice)
    const at = new Date(this.#at)
    const usual = rateAt(this.#rhythm, at) * passHours
    return { at, articles: this.#dice.poisson(usual * this.#pace), usual, pace: this.#pace }
  }
}

function paceOf(dice: Dice): number {
  const { holidays, holiday, slowest, fastest } = paces
  return dice.next() < holidays ? holiday : dice.between(slowest, fastest)
}

/** Articles that an hour brings on average. */
export function rateAt({ perDay, night, weekend }: Rhythm, at: Date): number {
  const hour = at.getUTCHours()
  const rhythm = hour < 6 ? night : hour < 9 || hour > 20 ? 0.8 : 1.4
  return (perDay / 24) * rhythm * ([0, 6].includes(at.getUTCDay()) ? weekend : 1)
}
