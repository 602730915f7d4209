/** A seeded source of choices: the same seed gives the same newsroom on every machine. */
export interface Random {
  /** At least 0, under 1. */
  next(): number
  /** Whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  chance(probability: number): boolean
  /** @throws RangeError when the list is empty. */
  pick<Item>(list: readonly Item[]): Item
  /** `count` different entries, or all of them in another order when there are fewer. */
  sample<Item>(list: readonly Item[], count: number): Item[]
  /** A source of its own, so that what is drawn from one part does not move the others. */
  fork(label: string): Random
}

/** Mulberry32: 32 bits of state, one multiplication chain per draw; enough for made-up news. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  const pick = <Item>(list: readonly Item[]): Item => {
    const item = list[integer(0, list.length - 1)]
    if (item === undefined) throw new RangeError('nothing to pick from: the list is empty')
    return item
  }
  const sample = <Item>(list: readonly Item[], count: number): Item[] => {
    const rest = [...list]
    const taken: Item[] = []
    while (taken.length < count && rest.length > 0) {
      taken.push(...rest.splice(integer(0, rest.length - 1), 1))
    }
    return taken
  }
  return {
    next,
    integer,
    pick,
    sample,
    chance: (probability) => next() < probability,
    fork: (label) => createRandom(hashLabel(label, seed)),
  }
}

/** FNV-1a over the label, started from the seed. */
function hashLabel(label: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (const character of label) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash
}
