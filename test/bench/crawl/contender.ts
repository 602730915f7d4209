import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What one run of a contender's process took, from its start to its end. */
export interface Measured {
  readonly pages: number
  readonly seconds: number
  /** User and system time of all its threads. */
  readonly cpuSeconds: number
  /** Largest resident set. */
  readonly peakMegabytes: number
}

export interface Command {
  readonly program: string
  readonly arguments: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Reads the number of pages from what the process printed. @throws Error when the run was not whole. */
  readonly countPages: (printed: unknown) => number
}

const usedShape = z.object({ cpuSeconds: z.number(), peakMegabytes: z.number() })

/** Node options that make a TypeScript program report its own usage as its process ends. */
const usageAtExit = ['--import', new URL('./usage-at-exit.mjs', import.meta.url).href]
export const measuredNode = ['--import', 'tsx', ...usageAtExit]

export const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const packageShape = z.object({ scripts: z.record(z.string(), z.string()) })

/** How `npm run` starts a job: Node's options, the path of the file that starts jobs, and what that is told. */
export function jobAsStarted(script: string) {
  const file = readFileSync(fileBeside('../../../package.json'), 'utf8')
  const [, ...words] = packageShape.parse(JSON.parse(file)).scripts[script]?.split(' ') ?? []
  const options = words.filter((word) => word.startsWith('--'))
  const [starter = '', ...job] = words.slice(options.length)
  return { options, starter: fileBeside(`../../../${starter}`), job }
}

/** Node's arguments for a job as a person starts it. */
export function startedJob(script: string, ...nodeOptions: readonly string[]): string[] {
  const { options, starter, job } = jobAsStarted(script)
  return [...options, ...nodeOptions, starter, ...job]
}

/** Node's arguments for a job as a person starts it, that reports its own usage. */
export const measuredJob = (script: string): string[] => startedJob(script, ...usageAtExit)

/** Runs a contender to its end. @throws Error when it fails, with what it said. */
export async function measure(command: Command, folder: string): Promise<Measured> {
  const usage = join(folder, `usage-${performance.now()}.json`)
  const started = performance.now()
  const child = spawn(command.program, command.arguments, {
    env: { ...process.env, ...command.environment, BENCH_USAGE: usage },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const [printed, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) {
    const line = [command.program, ...command.arguments].join(' ')
    throw new Error(`${line} ended with ${String(code)}:\n${said.slice(-4000)}${printed.slice(-2000)}`)
  }
  const used = usedShape.parse(JSON.parse(await readFile(usage, 'utf8')))
  return { ...used, seconds, pages: command.countPages(JSON.parse(printed)) }
}
