import type { Floors } from './floors.ts'

export interface BenchOptions {
  /** Times that everything is measured; the bench's own number when null. */
  readonly rounds: number | null
  /** Size of the made-up site, or of each set of pages; the bench's own number when null. */
  readonly pages: number | null
  /** Sites that are made up; the bench's own number when null. */
  readonly sites: number | null
  /** Comments that are made up; the bench's own number when null. */
  readonly comments: number | null
  /** Whether processes are killed meanwhile. */
  readonly kills: boolean
  /** Folder of the collected data; where the bench looks by itself when null. */
  readonly data: string | null
  /** Sets of pages by name; all that are there when null. */
  readonly sets: readonly string[] | null
  /** Whether peers are measured too. */
  readonly peers: boolean
  /** Takes a line on what goes on. */
  readonly note: (line: string) => void
}

export interface BenchTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface BenchReport {
  /** By name; null when it could not be measured here. */
  readonly figures: Readonly<Record<string, number | null>>
  /** What these figures are held to. */
  readonly floors: Floors['figures']
  readonly tables: readonly BenchTable[]
}

/** What a folder of `test/bench` brings: one measurement, whose figures have floors in `floors.json`. */
export interface Bench {
  readonly description: string
  /** @throws Error when what is compared turns out not to be the same work. */
  run(options: BenchOptions): Promise<BenchReport>
}
