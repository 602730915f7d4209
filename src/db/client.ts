import { join } from 'node:path'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { errorCode } from './embedded/error-code.ts'
import { DatabaseInUse, lockFolder } from './embedded/lock.ts'
import { failpoint } from '../failpoint.ts'
import { DatabaseUnreachable } from './refusals.ts'
import type { Patience } from './patience.ts'

/** What every query takes: a connection or a transaction on either database. */
export type Database = Pick<
  PostgresJsDatabase,
  'select' | 'selectDistinctOn' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction'
>

export interface OpenDatabase {
  readonly db: PostgresJsDatabase & { readonly $client: postgres.Sql }
  readonly kind: 'embedded' | 'server'
  /** For messages: the folder, or the server's address without its password. */
  readonly name: string
  /** Runs work on a session of its own while holding an advisory lock that all processes honour. */
  exclusively<Result>(lock: number, work: (db: PostgresJsDatabase) => Promise<Result>): Promise<Result>
  /** Does a transaction, and again on a server where it may go through a little later. */
  patiently<Result>(work: () => Promise<Result>, patience: Patience): Promise<Result>
  /** One session that lasts as long as the process is connected: what it holds is free when it has ended. */
  readonly session: Database
  close(): Promise<void>
}

export interface DatabaseSettings {
  /** PostgreSQL 14 or newer; absent: the embedded database. */
  readonly databaseUrl: string | null
  /** Holds the embedded database and other local state. */
  readonly dataFolder: string
  /** An embedded database is given back as soon as nobody looks at it: other processes wait for it that long. */
  readonly isLent?: boolean
}

/**
 * Opens whichever database is configured; postgres.js speaks to both. The driver is loaded only once the embedded
 * database is locked, so that a process that is turned away learns it at once.
 * @throws DatabaseInUse another process holds the embedded database.
 * @throws DatabaseUnreachable the server does not answer, or the folder can't be written to.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  if (settings.databaseUrl !== null) {
    const { openServer } = await import('./server.ts')
    return openServer(settings.databaseUrl)
  }
  const folder = join(settings.dataFolder, 'embedded')
  const unlock = await lockFolder(folder, settings.isLent).catch(refuseFolder(folder))
  failpoint('embedded-locked')
  const { openEmbedded } = await import('./embedded/open-embedded.ts')
  return openEmbedded(folder, unlock)
}

function refuseFolder(folder: string) {
  return (error: unknown): never => {
    const code = errorCode(error)
    if (error instanceof DatabaseInUse || code === null) throw error
    throw new DatabaseUnreachable(
      `the folder of the embedded database, ${folder}, can't be written to (${code}); ` +
        'see that its disk has room and who may write there, or name another in COMMENTARIAT_DATA',
      { cause: error },
    )
  }
}
