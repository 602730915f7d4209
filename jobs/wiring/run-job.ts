import { setMaxListeners } from 'node:events'
import { existsSync } from 'node:fs'
import { CommanderError } from 'commander'
import { isConnectionLost } from '../../src/db/connection-lost.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { SiteInUse } from '../../src/db/erasure/site-in-use.ts'
import { DatabaseUnreachable, WrongSchemaVersion } from '../../src/db/refusals.ts'
import { ExportError } from '../../src/exports/export-error.ts'
import { Failure, failureClasses } from '../../src/failure.ts'
import { readSettings, type Settings, UsageError } from '../../src/settings.ts'
import { SiteError } from '../../src/sites/site-error.ts'

/** Exit codes of every job. */
export const exit = {
  done: 0,
  failed: 1,
  usage: 2,
  database: 3,
  held: 4,
  interrupted: 130,
  terminated: 143,
} as const

export interface Job {
  readonly settings: Settings
  /** Aborted by the first Ctrl-C or SIGTERM: finish the page in hand, write, and end. */
  readonly signal: AbortSignal
}

/**
 * Runs a job from its settings to its exit code. Expected errors end with one message that says what
 * to do; a second signal ends at once, which loses nothing but the page in hand.
 */
export async function runJob(work: (job: Job) => Promise<number>): Promise<void> {
  const stop = new AbortController()
  // Every request in flight listens, and takes its listener away when it ends: any number is right.
  setMaxListeners(0, stop.signal)
  let interruption: number | null = null
  const interrupt = (code: number) => () => {
    if (interruption !== null) process.exit(interruption)
    interruption = code
    process.stderr.write('\nStopping after the page in hand; once more to stop at once.\n')
    stop.abort(new Error('stopped by a signal'))
  }
  process.on('SIGINT', interrupt(exit.interrupted))
  process.on('SIGTERM', interrupt(exit.terminated))
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const code = await work({ settings: readSettings(process.env), signal: stop.signal })
    process.exitCode = interruption ?? code
  } catch (error) {
    process.exitCode = interruption ?? explain(error)
  }
  // Idle handles of libraries (keep-alive sockets, thread pools) must not hold the process back.
  setTimeout(() => process.exit(), 2000).unref()
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage
  if (error instanceof Failure) {
    process.stderr.write(`commentariat: ${error.message}; ${failureClasses[error.class].advice}\n`)
    return exit.failed
  }
  const [code, isExpected] = codeOf(error)
  if (!isExpected && isConnectionLost(error)) {
    process.stderr.write(`commentariat: ${lostDatabase}\n`)
    return exit.database
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(isExpected ? `commentariat: ${message}\n` : `commentariat: ${stackOf(error)}\n`)
  return code
}

const lostDatabase =
  'the database went away; what was stored is safe, and the next run goes on from there. Check that the server runs'

function codeOf(error: unknown): [code: number, isExpected: boolean] {
  if (error instanceof UsageError || error instanceof SiteError) return [exit.usage, true]
  if (error instanceof DatabaseUnreachable || error instanceof WrongSchemaVersion)
    return [exit.database, true]
  if (error instanceof DatabaseInUse || error instanceof SiteInUse) return [exit.held, true]
  if (error instanceof ExportError) return [exit.failed, true]
  return [exit.failed, false]
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
