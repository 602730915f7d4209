import type { PoolRun, Run } from './contenders.ts'
import type { Corpus } from './corpus.ts'
import { type SetScore, scoreSet } from './score/score.ts'

export interface Measured {
  readonly run: Run
  /** By the set's name. */
  readonly scores: ReadonlyMap<string, SetScore>
  readonly pace: Pace
}

export interface Pace {
  /** Time of a bare parse of all pages, as a share of this contender's. */
  readonly speed: number
  readonly millisecondsPerPage: number
  readonly worstMilliseconds: number
  readonly worstPage: string
}

export function measureRun(run: Run, corpora: readonly Corpus[]): Measured {
  const keys = corpora.flatMap(({ pages }) => pages.map(({ key }) => key))
  const scores = corpora.map(({ name, pages }) => [name, scoreSet(pages, run.predictions)] as const)
  return { run, scores: new Map(scores), pace: paceOf(run, keys) }
}

/** Each page by its quickest round: the others were disturbed. */
function paceOf({ passes }: Run, keys: readonly string[]): Pace {
  const quickest = (kind: 'bare' | 'extraction') =>
    keys.map((_, index) => Math.min(...passes.map((pass) => pass[kind][index] ?? Number.NaN)))
  const took = quickest('extraction')
  const worstMilliseconds = Math.max(...took)
  return {
    speed: sum(quickest('bare')) / sum(took),
    millisecondsPerPage: sum(took) / keys.length,
    worstMilliseconds,
    worstPage: keys[took.indexOf(worstMilliseconds)] ?? '',
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export interface Pools {
  /** As many as there are cores. */
  readonly threads: number
  /** One thread. */
  readonly one: PoolRun
  /** Whether the one thread was kept to one core. */
  readonly isOneOnOneCore: boolean
  readonly all: PoolRun
}

export interface Everything {
  readonly corpora: readonly Corpus[]
  readonly ours: Measured
  readonly peers: ReadonlyMap<string, Measured>
  readonly pools: Pools
}

type Figures = Record<string, number | null>

/** All that was measured, by name. */
export function figuresOf({ corpora, ours, peers, pools }: Everything): Figures {
  const figures: Figures = { ...figuresOfOne('', ours) }
  for (const [name, measured] of peers) Object.assign(figures, figuresOfOne(`${name}.`, measured))
  const bare = pages(corpora) * ours.pace.millisecondsPerPage * ours.pace.speed
  return {
    ...figures,
    emptyThatPeersRead: peers.size === 0 ? null : emptyThatPeersRead(corpora, ours, [...peers.values()]),
    poolThreads: pools.threads,
    poolSpeed: rounded(bare / pools.one.cpuMilliseconds),
    poolCpuGrowth: rounded(pools.all.cpuMilliseconds / pools.one.cpuMilliseconds),
    poolScaling: pools.isOneOnOneCore
      ? rounded(pools.one.milliseconds / pools.all.milliseconds / pools.threads)
      : null,
    poolFailures: pools.one.failures.length + pools.all.failures.length,
    poolPeakMegabytes: rounded(pools.all.peakMegabytes),
  }
}

const pages = (corpora: readonly Corpus[]): number => sum(corpora.map((corpus) => corpus.pages.length))

function figuresOfOne(prefix: string, { run, scores, pace }: Measured): Figures {
  const figures: Figures = {
    [`${prefix}speed`]: rounded(pace.speed),
    [`${prefix}millisecondsPerPage`]: rounded(pace.millisecondsPerPage),
    [`${prefix}worstPageMilliseconds`]: rounded(pace.worstMilliseconds),
    [`${prefix}peakMegabytes`]: rounded(run.peakMegabytes),
    [`${prefix}faults`]: run.faults.length,
  }
  for (const [set, { scores: values }] of scores) {
    for (const [figure, value] of Object.entries(values)) {
      figures[`${prefix}${set}.${figure}`] = value === null ? null : rounded(value, 4)
    }
  }
  return figures
}

/** A peer has read a page when more of its body is right than wrong. */
const READ = 0.5

function emptyThatPeersRead(corpora: readonly Corpus[], ours: Measured, peers: readonly Measured[]): number {
  const found = corpora.flatMap(({ name }) =>
    (ours.scores.get(name)?.pages ?? []).filter(
      ({ isEmpty }, index) =>
        isEmpty && peers.some((peer) => (peer.scores.get(name)?.pages[index]?.f1 ?? 0) > READ),
    ),
  )
  return found.length
}

/** Digits that count; more would claim a precision that a run does not have. */
const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits))
