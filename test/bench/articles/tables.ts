import type { BenchTable } from '../bench.ts'
import { ours, peers } from './contenders.ts'
import type { Everything, Measured } from './figures.ts'
import type { Scores } from './score/score.ts'

/** Who has been measured, in the order of the tables. */
function rowsOf(everything: Everything): (readonly [title: string, measured: Measured])[] {
  const found = peers.flatMap(({ name, title }) => {
    const measured = everything.peers.get(name)
    return measured === undefined ? [] : [[title, measured] as const]
  })
  return [[ours.title, everything.ours], ...found]
}

const columns: readonly (readonly [head: string, figure: keyof Scores])[] = [
  ['body F1', 'bodyF1'],
  ['precision', 'precision'],
  ['recall', 'recall'],
  ['ROUGE-LSum', 'rougeLsum'],
  ['title', 'title'],
  ['authors', 'authors'],
  ['day', 'day'],
  ['minute', 'minute'],
  ['language', 'language'],
  ['leaks', 'leaks'],
  ['empty', 'empty'],
]

/** A table for each set, and one of what it took. */
export function tablesOf(everything: Everything): BenchTable[] {
  const sets = everything.corpora.map(({ name, pages }) => ({
    head: [`${name}, ${pages.length} pages`, ...columns.map(([head]) => head)],
    rows: rowsOf(everything).map(([title, { scores }]) => {
      const found = scores.get(name)?.scores
      return [title, ...columns.map(([, figure]) => shown(figure, found?.[figure] ?? null))]
    }),
  }))
  return [...sets, costTable(everything), poolTable(everything)]
}

function costTable(everything: Everything): BenchTable {
  return {
    head: ['CPU time and memory', 'share of a bare parse', 'ms a page', 'worst page, ms', 'peak MB'],
    rows: rowsOf(everything).map(([title, { pace, run }]) => [
      title,
      pace.speed.toPrecision(2),
      pace.millisecondsPerPage.toPrecision(3),
      pace.worstMilliseconds.toFixed(0),
      run.peakMegabytes.toFixed(0),
    ]),
  }
}

function poolTable({ pools: { threads, one, isOneOnOneCore, all } }: Everything): BenchTable {
  const row = (title: string, { milliseconds, cpuMilliseconds, peakMegabytes }: typeof one) => [
    title,
    (one.milliseconds / milliseconds).toFixed(2),
    (cpuMilliseconds / one.cpuMilliseconds).toFixed(2),
    peakMegabytes.toFixed(0),
  ]
  return {
    head: ['our extraction pool, against 1 thread', 'pages per second', 'CPU time', 'peak MB'],
    rows: [row(isOneOnOneCore ? '1 thread on one core' : '1 thread', one), row(`${threads} threads`, all)],
  }
}

function shown(figure: keyof Scores, value: number | null): string {
  if (value === null) return ''
  return figure === 'empty' ? String(value) : value.toFixed(3)
}
