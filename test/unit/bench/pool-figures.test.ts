import { expect, it } from 'vitest'
import { figuresOf, type Pools } from '../../bench/articles/figures.ts'

const run = (milliseconds: number) => ({
  milliseconds,
  cpuMilliseconds: 1000,
  peakMegabytes: 300,
  failures: [],
})

const ours = {
  run: { predictions: new Map(), passes: [], peakMegabytes: 250, faults: [] },
  scores: new Map(),
  pace: { speed: 0.5, millisecondsPerPage: 7, worstMilliseconds: 50, worstPage: 'own/1' },
}

const scaling = (pools: Pools) => figuresOf({ corpora: [], ours, peers: new Map(), pools })['poolScaling']

it('tells how much of what the cores could bring the threads bring', () => {
  expect(scaling({ threads: 4, one: run(1200), isOneOnOneCore: true, all: run(400) })).toBe(0.75)
})

it('tells nothing where the one thread had all cores', () => {
  expect(scaling({ threads: 4, one: run(1200), isOneOnOneCore: false, all: run(400) })).toBe(null)
})
