import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How a set of other people's test cases went. */
export interface CorpusOutcome {
  readonly check: string
  readonly cases: number
  readonly held: number
  /** Milliseconds that the slowest case took. */
  readonly slowest: number
  /** The cases that did not hold, in a line each. */
  readonly deviations: readonly string[]
  /** Share of the cases that must hold. */
  readonly floor: number
}

/** What a folder of cases is driven with. */
export type CorpusDriver = (folder: string) => Promise<CorpusOutcome[]>

/** One case: null when it holds, else what went wrong. */
export interface CorpusCase {
  readonly name: string
  readonly run: () => string | null | Promise<string | null>
}

/** Runs cases one by one. What throws does not hold, and says so. */
export async function runCases(
  check: string,
  cases: Iterable<CorpusCase>,
  floor = 1,
): Promise<CorpusOutcome> {
  const deviations: string[] = []
  let count = 0
  let slowest = 0
  for (const { name, run } of cases) {
    count += 1
    const start = performance.now()
    const wrong = await attempt(run)
    slowest = Math.max(slowest, performance.now() - start)
    if (wrong !== null) deviations.push(`${name}: ${wrong}`)
  }
  return { check, cases: count, held: count - deviations.length, slowest, deviations, floor }
}

async function attempt(run: CorpusCase['run']): Promise<string | null> {
  try {
    return await run()
  } catch (error) {
    return `threw ${String(error).slice(0, 200)}`
  }
}

export interface CorpusFile {
  readonly name: string
  readonly bytes: Buffer
}

/** All files below a folder, by name, but for licences and notes. */
export async function readFiles(folder: string): Promise<CorpusFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !/^(?:LICENSE|README)/.test(entry.name))
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted()
  return Promise.all(
    paths.map(async (path) => ({ name: path.slice(folder.length + 1), bytes: await readFile(path) })),
  )
}
