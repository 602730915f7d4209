import type { Floors } from './floors.ts'

export interface BenchOptions {
  /** Times that everything is measured; the bench's own number when null. */
  readonly rounds: number | null
  /** Size of the made-up site; the bench's own number when null. */
  readonly pages: number | null
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
  readonly tables: readonly BenchTable[]
}

/** What a folder of `test/bench` brings: one measurement, whose figures have floors in `floors.json`. */
export interface Bench {
  readonly description: string
  readonly floors: Floors
  /** @throws Error when what is compared turns out not to be the same work. */
  run(options: BenchOptions): Promise<BenchReport>
}
