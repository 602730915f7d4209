import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { inOnePiece } from '../../../src/crawlers/extract/one-piece.ts'
import { jobAsStarted } from '../crawl/contender.ts'
import type { BenchPage, Prediction } from './page.ts'

export interface Contender {
  readonly name: string
  readonly title: string
  /** Address of its module; null for ours. */
  readonly module: string | null
}

export const ours: Contender = { name: 'ours', title: 'Commentariat', module: null }

const peer = (name: string, file: string, title: string): Contender => ({
  name,
  title,
  module: new URL(`./peers/${file}.mjs`, import.meta.url).href,
})

export const peers: readonly Contender[] = [
  peer('readabilityLinkedom', 'readability-linkedom', 'Readability on linkedom'),
  peer('readabilityJsdom', 'readability-jsdom', 'Readability on jsdom'),
  peer('defuddle', 'defuddle', 'defuddle'),
  peer('extractus', 'extractus', '@extractus/article-extractor'),
]

export const arePeersInstalled = (): boolean => existsSync(new URL('./peers/node_modules', import.meta.url))

/** What one contender's process made of the pages, and what it took. */
export interface Run {
  readonly predictions: ReadonlyMap<string, Prediction>
  /** Of each round, milliseconds of CPU time for each page. */
  readonly passes: readonly Pass[]
  readonly peakMegabytes: number
  /** Pages on which it threw. */
  readonly faults: readonly string[]
}

interface Pass {
  readonly bare: readonly number[]
  readonly extraction: readonly number[]
}

const times = z.array(z.number())
const printedShape = z.object({
  passes: z.array(z.object({ bare: times, extraction: times })),
  peakMegabytes: z.number(),
  faults: z.array(z.string()),
})
const predictionShape = z.object({
  key: z.string(),
  title: z.string().nullable(),
  authors: z.array(z.string()),
  published: z.string().nullable(),
  language: z.string().nullable(),
  body: z.string(),
})

/** Runs a contender over all pages in a process of its own. @throws Error when the process fails. */
export async function runContender(
  contender: Contender,
  pages: readonly BenchPage[],
  { rounds, folder }: { readonly rounds: number; readonly folder: string },
): Promise<Run> {
  const pagesFile = await writePages(pages, folder)
  const predictionsFile = join(folder, `${contender.name}.jsonl`)
  const told = [pagesFile, predictionsFile, String(rounds)]
  const printed =
    contender.module === null
      ? await runInOnePiece('contender-process.ts', told)
      : await runProgram(['--import', 'tsx', pathOf('contender-process.ts')], [...told, contender.module])
  const lines = (await readFile(predictionsFile, 'utf8')).split('\n').filter((line) => line !== '')
  const predictions = lines.map((line) => predictionShape.parse(JSON.parse(line)))
  return {
    ...printedShape.parse(printed),
    predictions: new Map(predictions.map(({ key, ...prediction }) => [key, prediction])),
  }
}

const poolShape = z.object({
  cpuMilliseconds: z.number(),
  milliseconds: z.number(),
  peakMegabytes: z.number(),
  failures: z.array(z.string()),
})

export type PoolRun = z.infer<typeof poolShape>

export interface PoolOptions {
  readonly rounds: number
  readonly folder: string
  readonly threads: number
  /** Whether the process with all its threads, those of V8's too, is kept to the first core. */
  readonly onOneCore: boolean
}

/** Runs our extraction pool over all pages in a process that is started as a crawl is. */
export async function runPool(
  pages: readonly BenchPage[],
  { rounds, folder, threads, onOneCore }: PoolOptions,
): Promise<PoolRun> {
  const pagesFile = await writePages(pages, folder)
  const { options, starter } = jobAsStarted('crawl')
  const job = relative(dirname(starter), pathOf('pool-process'))
  const program = [...options, starter, job, pagesFile, String(threads), String(rounds)]
  const running = onOneCore ? runOnOneCore(program) : run(process.execPath, program, { maxBuffer })
  return poolShape.parse(lastLine((await running).stdout))
}

/** By util-linux's `taskset`. */
const runOnOneCore = (program: readonly string[]) =>
  run('taskset', ['--cpu-list', '0', process.execPath, ...program], { maxBuffer })

/** Whether the machine can keep a process to one core. */
export const canKeepToOneCore = (): Promise<boolean> =>
  runOnOneCore(['--version']).then(
    () => true,
    () => false,
  )

async function writePages(pages: readonly BenchPage[], folder: string): Promise<string> {
  const file = join(folder, 'pages.json')
  await writeFile(file, JSON.stringify(pages.map(({ key, file, url }) => ({ key, file, url }))))
  return file
}

const run = promisify(execFile)

async function runProgram(program: readonly string[], told: readonly string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...program, ...told], { maxBuffer })
  return lastLine(stdout)
}

/** Runs a program as the crawl's threads run theirs: in one piece. */
async function runInOnePiece(file: string, programArguments: readonly string[]): Promise<unknown> {
  const entryPoint = pathOf(file)
  const { outputFiles } = await inOnePiece({ entryPoint, outfile: `${entryPoint}.js`, sourcemap: false })
  const running = run(process.execPath, ['-', ...programArguments], { maxBuffer })
  running.child.stdin?.end(outputFiles[0]?.text)
  const { stdout } = await running
  return lastLine(stdout)
}

const maxBuffer = 256 * 2 ** 20

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Peers may print on their own; the last line is the process's. */
const lastLine = (printed: string): unknown => JSON.parse(printed.slice(printed.lastIndexOf('\n') + 1))
