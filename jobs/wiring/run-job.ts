import { setMaxListeners } from 'node:events'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { isConnectionLost } from '../../src/db/connection-lost.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { SiteInUse } from '../../src/db/erasure/site-in-use.ts'
import { DatabaseUnreachable, WrongSchemaVersion } from '../../src/db/refusals.ts'
import { ExportError } from '../../src/exports/export-error.ts'
import { Failure, failureClasses } from '../../src/failure.ts'
import { withoutSecrets } from '../../src/secrets.ts'
import { readSettings, type Settings, UsageError } from '../../src/settings.ts'
import { SiteError } from '../../src/sites/site-error.ts'
import { stackInSource } from '../../src/stack-in-source.ts'
import { StoreUnavailable } from '../../src/store.ts'
import { passingFault } from '../../src/db/passing-fault.ts'
import { notice } from './notice.ts'

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
 * Runs a job from its flags and settings to its exit code, if it is the one that this process was started for: who
 * imports the file of another one wants to know its command. Expected errors end with one message that says what
 * to do; a second signal ends at once, which loses nothing but the page in hand.
 * @param command has the name of the job's file.
 */
export async function runJob(command: Command, work: (job: Job) => Promise<number>): Promise<void> {
  if (basename(process.argv[1] ?? '').replace(/\.[jt]s$/, '') !== command.name()) return
  const stop = new AbortController()
  // Every request in flight listens, and takes its listener away when it ends: any number is right.
  setMaxListeners(0, stop.signal)
  let interruption: number | null = null
  const interrupt = (code: number) => () => {
    if (interruption !== null) process.exit(interruption)
    interruption = code
    // The terminal has shown ^C on the line.
    if (process.stderr.isTTY) process.stderr.write('\n')
    notice('warn', 'stopping after the page in hand; once more to stop at once')
    stop.abort(new Error('stopped by a signal'))
  }
  process.on('SIGINT', interrupt(exit.interrupted))
  process.on('SIGTERM', interrupt(exit.terminated))
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreGoneReader)
  try {
    command.exitOverride().parse()
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
    notice('fatal', `${error.message}; ${failureClasses[error.class].advice}`)
    return exit.failed
  }
  const [code, isExpected] = codeOf(error)
  const trouble = isExpected ? null : databaseTrouble(error)
  if (trouble !== null) {
    notice('fatal', `${trouble}; what was stored is safe, and the next run goes on from there`)
    return exit.database
  }
  const message = error instanceof Error ? error.message : String(error)
  notice('fatal', withoutSecrets(error instanceof Error && !isExpected ? stackInSource(error) : message))
  return code
}

/** What is the matter with the database, and what to do; null for an error that is not its. */
function databaseTrouble(error: unknown): string | null {
  if (error instanceof StoreUnavailable) return error.message
  if (passingFault(error) === 'full') return 'the disk of the database is full; make room'
  return isConnectionLost(error) ? 'the database went away; see that it runs' : null
}

function codeOf(error: unknown): [code: number, isExpected: boolean] {
  if (error instanceof UsageError || error instanceof SiteError) return [exit.usage, true]
  if (error instanceof DatabaseUnreachable || error instanceof WrongSchemaVersion)
    return [exit.database, true]
  if (error instanceof DatabaseInUse || error instanceof SiteInUse) return [exit.held, true]
  if (error instanceof ExportError) return [exit.failed, true]
  return [exit.failed, false]
}
