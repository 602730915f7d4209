import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { DatabaseSettings } from '../../src/db/client.ts'
import type { BuiltJobs } from '../jobs/build-jobs.ts'
import { type FakeSite, siteId } from './fake-site.ts'

export type ChaosJob = 'crawl' | 'schedule' | 'db-migrate'

const flagsOf: Readonly<Record<ChaosJob, readonly string[]>> = {
  crawl: [siteId, '--allow-private-network'],
  schedule: [siteId, '--allow-private-network', '--once'],
  'db-migrate': [],
}

export interface ChildTask {
  readonly jobs: BuiltJobs
  readonly job: ChaosJob
  readonly flags?: readonly string[]
  readonly site: FakeSite
  readonly settings: DatabaseSettings
  /** For COMMENTARIAT_FAILPOINT. */
  readonly failpoint?: string
}

export interface ChildEnd {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A job as a process of its own. */
export interface Child {
  readonly process: ChildProcess
  /** Resolves when the pass over the site has begun; or the process ended. */
  readonly begun: Promise<void>
  readonly end: Promise<ChildEnd>
}

/** What V8 spends on making the embedded database fast is not got back in a process that lives for a second. */
const flagsOfV8 = ['--liftoff-only']

/** Starts a real job against the fake site. */
export function startChild({ jobs, job, flags = [], site, settings, failpoint }: ChildTask): Child {
  const { databaseUrl, dataFolder } = settings
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, [...flagsOfV8, jobs.scriptOf(job), ...flagsOf[job], ...flags], {
    cwd: site.sitesFolder,
    env: {
      PATH,
      HOME,
      TMPDIR,
      ...(databaseUrl === null ? { COMMENTARIAT_DATA: dataFolder } : { DATABASE_URL: databaseUrl }),
      ...(failpoint === undefined ? {} : { COMMENTARIAT_FAILPOINT: failpoint }),
      COMMENTARIAT_SITES: site.sitesFolder,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const told = { stdout: '', stderr: '' }
  const { promise: begun, resolve: begin } = withResolve()
  child.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => {
    told.stderr += chunk.toString()
    if (told.stderr.includes('"pass begins"')) begin()
  })
  const end = once(child, 'close').then((): ChildEnd => {
    begin()
    return { code: child.exitCode, signal: child.signalCode, ...told }
  })
  return { process: child, begun, end }
}

function withResolve(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
