import { createContext, Script } from 'node:vm'
import { expect, it } from 'vitest'
import { hostileStrings } from './hostile-strings.ts'
import { type RegexLiteral, regexLiterals } from './regex-literals.ts'

const source = new URL('../../../src/', import.meta.url).pathname
const literals = regexLiterals(source)
/** Of the processor's time, not of the clock's: the machine may do other work. */
const most = 50
const whole = 100_000
/** What grows with the square of the characters and takes `most` for all of them takes `suspect` for a tenth. */
const sample = whole / 10
const suspect = most / 100

/** What only ever sees short texts, with their greatest length. */
const bounded: Readonly<Record<string, number>> = {
  // The digits of a number.
  '\\B(?=(?:\\d{3})+$)': 20,
  // The words of a link in a pager.
  '^\\W*(?:\\p{L}{2,12}\\s)?\\d{1,5}\\W*$|^[‹›«»<>→←]+$': 60,
}

const context = createContext({})
const search = new Script('pattern.lastIndex = 0; pattern.test(text)')
const replace = new Script("text.replace(pattern, '')")

/** Milliseconds that a pattern takes, or Infinity when it is given up on. */
function timeOf(pattern: RegExp, text: string): number {
  Object.assign(context, { pattern, text })
  const start = process.cpuUsage()
  try {
    const script = pattern.global ? replace : search
    script.runInContext(context, { timeout: 2_000 })
  } catch {
    return Infinity
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

/** The least of some runs: the first may pay for compiling the pattern, and any may have waited for others. */
function leastTimeOf(pattern: RegExp, text: string, enough: number): number {
  let least = Infinity
  for (let tries = 0; tries < 5 && least > enough; tries += 1) least = Math.min(least, timeOf(pattern, text))
  return least
}

/**
 * What is wrong with a pattern. One that takes its time for all characters and grows with them no faster than they do is
 * sound, and the machine slow; unless it takes many times as long.
 */
function slowness({ source: pattern, flags, place }: RegexLiteral): string | null {
  const expression = new RegExp(pattern, flags)
  const length = bounded[pattern] ?? whole
  for (const hostile of hostileStrings(pattern)) {
    const ofSample = leastTimeOf(expression, hostile(Math.min(sample, length)), suspect)
    if (ofSample <= suspect) continue
    const text = hostile(length)
    const took = leastTimeOf(expression, text, most)
    if (took > most && (took > 4 * most || took > 3 * (whole / sample) * ofSample)) {
      return `${place} takes ${took} ms on ${JSON.stringify(text.slice(0, 12))}…`
    }
  }
  return null
}

it('finds the regular expressions of the source', () => {
  expect(literals.length).toBeGreaterThan(500)
  for (const { source: pattern, flags } of literals) expect(() => new RegExp(pattern, flags)).not.toThrow()
})

it('each takes under 50 ms for 100,000 hostile characters', () => {
  expect(literals.map(slowness).filter((found) => found !== null)).toEqual([])
  // Half a minute, of which a busy machine makes several.
}, 600_000)
