import { createRandom } from '../../src/demo/random.ts'
import type { FuzzTarget } from './targets.ts'

/** One input to one target, which the seed and the number give again at any time. */
export interface FuzzCase {
  readonly target: FuzzTarget
  readonly input: string
}

/** Longer inputs are cut: how much is read of a body is the door's affair. */
const longest = 1_000_000
/** An input is read twice, for 5 s of the processor's time each at most. */
export const mostSeconds = 10

/** The targets take turns by kind, so that those with many fixtures do not crowd out the others. */
export function fuzzCase(targets: readonly FuzzTarget[], seed: number, number: number): FuzzCase {
  const random = createRandom(seed).fork(String(number))
  const kinds = [...new Set(targets.map(kindOf))]
  const kind = kinds[number % kinds.length]
  const target = random.pick(targets.filter((candidate) => kindOf(candidate) === kind))
  // The first seed is the target's own; the others are there to borrow from.
  let input = target.name.startsWith('page ') ? (target.seeds[0] ?? '') : random.pick(target.seeds)
  for (let times = random.integer(1, 6); times > 0; times -= 1)
    input = target.mutate(random, input, target.seeds).slice(0, longest)
  return { target, input }
}

const kindOf = ({ name }: FuzzTarget): string => name.split(/ (?:of |http)/)[0] ?? name
