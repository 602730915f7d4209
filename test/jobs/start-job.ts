import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inject, onTestFinished } from 'vitest'
import type { DatabaseSettings } from '../../src/db/client.ts'

export interface JobResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface StartedJob {
  readonly process: ChildProcess
  readonly result: Promise<JobResult>
}

export interface JobOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; none when absent. */
  readonly input?: string
  /** As its npm script starts it, made of TypeScript each time, which takes longer. */
  readonly asScript?: boolean
}

/** Starts a command in an empty folder and with nothing but its own settings. */
export function startJob(
  name: string,
  flags: readonly string[],
  { env = {}, input = '', asScript = false }: JobOptions = {},
): StartedJob {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-job-'))
  const program = asScript
    ? [fileURLToPath(new URL('../../jobs/start.mjs', import.meta.url)), name]
    : [join(inject('databases').builtJobs, 'jobs', `${name}.js`)]
  const inherited = Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].map((key) => [key, process.env[key]]))
  const child = spawn(process.execPath, [...program, ...flags], {
    cwd: folder,
    env: { ...inherited, COMMENTARIAT_DATA: join(folder, 'data'), ...env },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const result = Promise.all([ended, text(child.stdout), text(child.stderr)]).then(
    ([code, stdout, stderr]) => ({
      code,
      stdout,
      stderr,
    }),
  )
  return { process: child, result }
}

export async function runJob(
  name: string,
  flags: readonly string[],
  options?: JobOptions,
): Promise<JobResult> {
  return startJob(name, flags, options).result
}

/** Tells a job which database to use. */
export function environmentOf({ databaseUrl, dataFolder }: DatabaseSettings): Record<string, string> {
  return databaseUrl === null ? { COMMENTARIAT_DATA: dataFolder } : { DATABASE_URL: databaseUrl }
}

/** The objects of JSON lines. */
export function jsonLines(output: string): unknown[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}
