import type { BenchReport, BenchTable } from '../bench.ts'
import type { Measured } from './contender.ts'
import type { Round } from './crawl-bench.ts'

/** Figures of a bench of crawls: ratios within each round, and the median of the rounds. */
export function reportRounds(rounds: readonly Round[], pages: number): Omit<BenchReport, 'floors'> {
  const middle = (of: (round: Round) => number | null): number | null => {
    const values = rounds.map(of).filter((value) => value !== null)
    return values.length === 0 ? null : rounded(median(values))
  }
  const again = (of: (round: Round, again: NonNullable<Round['ours']['again']>) => number) =>
    middle((round) => (round.ours.again === null ? null : of(round, round.ours.again)))
  const figures = {
    pages,
    rounds: rounds.length,
    oursToFloor: middle(({ ours, floor }) => pace(ours.first) / pace(floor)),
    oursToScrapy: middle(({ ours, scrapy }) => (scrapy === null ? null : pace(ours.first) / pace(scrapy))),
    floorPagesPerSecond: middle(({ floor }) => pace(floor)),
    oursPagesPerSecond: middle(({ ours }) => pace(ours.first)),
    scrapyPagesPerSecond: middle(({ scrapy }) => (scrapy === null ? null : pace(scrapy))),
    floorCpuMilliseconds: middle(({ floor }) => cpuOf(floor)),
    oursCpuMilliseconds: middle(({ ours }) => cpuOf(ours.first)),
    scrapyCpuMilliseconds: middle(({ scrapy }) => (scrapy === null ? null : cpuOf(scrapy))),
    floorPeakMegabytes: middle(({ floor }) => floor.peakMegabytes),
    scrapyPeakMegabytes: middle(({ scrapy }) => scrapy?.peakMegabytes ?? null),
    peakMegabytes: rounded(Math.max(...rounds.map(({ ours }) => ours.first.peakMegabytes))),
    quarterPeakMegabytes: middle(({ quarter }) => quarter.peakMegabytes),
    peakGrowth: middle(({ ours, quarter }) => ours.first.peakMegabytes / quarter.peakMegabytes),
    recrawlBytes: again(({ ours }, { bytes }) => bytes / ours.first.bytes),
    recrawlRows: again(({ ours }, { rows }) => rows / ours.first.rows),
    recrawlPagesPerSecond: again((_, measured) => pace(measured)),
    recrawlPeakMegabytes: again((_, { peakMegabytes }) => peakMegabytes),
  }
  return { figures, tables: [ratioTable(figures), contenderTable(figures)] }
}

type Figures = Readonly<Record<string, number | null>>

function ratioTable(figures: Figures): BenchTable {
  const row = (title: string, name: string) => [title, shown(figures[name])]
  return {
    head: ['ratio (median of the rounds)', ''],
    rows: [
      row('our pages/s to the floor’s', 'oursToFloor'),
      row('our pages/s to Scrapy’s', 'oursToScrapy'),
      row('our peak memory, all pages to a quarter of them', 'peakGrowth'),
      row('bytes of an unchanged second crawl to the first', 'recrawlBytes'),
      row('rows written by an unchanged second crawl to the first', 'recrawlRows'),
    ],
  }
}

function contenderTable(figures: Figures): BenchTable {
  const row = (title: string, ...names: string[]) => [title, ...names.map((name) => shown(figures[name]))]
  return {
    head: ['', 'pages/s', 'CPU ms a page', 'peak MB'],
    rows: [
      row('floor: undici + htmlparser2', 'floorPagesPerSecond', 'floorCpuMilliseconds', 'floorPeakMegabytes'),
      row('ours, first crawl', 'oursPagesPerSecond', 'oursCpuMilliseconds', 'peakMegabytes'),
      [
        'ours, unchanged second crawl',
        shown(figures['recrawlPagesPerSecond']),
        '',
        shown(figures['recrawlPeakMegabytes']),
      ],
      row('Scrapy + psycopg2', 'scrapyPagesPerSecond', 'scrapyCpuMilliseconds', 'scrapyPeakMegabytes'),
    ],
  }
}

const shown = (figure: number | null | undefined): string =>
  figure == null ? 'not measured' : String(figure)

const pace = ({ pages, seconds }: Measured): number => pages / seconds
const cpuOf = ({ pages, cpuSeconds }: Measured): number => (cpuSeconds / pages) * 1000

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** Three digits that count; more would claim a precision that a run does not have. */
function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
