import { setMaxListeners } from 'node:events'
import { existsSync } from 'node:fs'
import { CommanderError } from 'commander'
import { isConnectionLost } from '../../src/db/connection-lost.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { DatabaseUnreachable, WrongSchemaVersion } from '../../src/db/refusals.ts'
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
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreGoneReader)
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const code = await work({ settings: readSettings(process.env), signal: stop.signal })
    process.exitCode = interruption ?? code
  } catch (error) {
    process.exitCode = interruption ?? explain(error)
  }
  // Idle handles of libraries (keep-alive sockets, timers) would hold the process back for a second.
  await Promise.all([written(process.stdout), written(process.stderr)])
  process.exit()
}

/** Who reads only the first lines (`| head`) must not end the work. */
function ignoreGoneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** Settles when all that was said before is out, or can't be any more. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve())
  })
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
  if (error instanceof DatabaseInUse) return [exit.held, true]
  return [exit.failed, false]
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
