import { InvalidArgumentError } from 'commander'

/** A parser of a flag that takes a whole number within these bounds. @param most null: nine digits. */
export function wholeNumber(least: number, most: number | null = null): (value: string) => number {
  const from = most === null ? `from ${least}` : `from ${least} to ${most}`
  const bounds = least === 0 && most !== null ? `up to ${most}` : from
  return (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN
    if (number >= least && number <= (most ?? Infinity)) return number
    throw new InvalidArgumentError(`it must be a whole number ${bounds}.`)
  }
}

export const parsePort = wholeNumber(0, 65_535)
