import { join } from 'node:path'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { lockFolder } from './embedded/lock.ts'

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
  /** Runs work unless another process does work of that name; null when one does. */
  unlessHeld<Result>(name: string, work: () => Promise<Result>): Promise<Result | null>
  /** Runs work that takes names one after another, as `unlessHeld` does, and holds them all until it ends. */
  holding<Result>(work: (take: TakeLock) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** @returns false when another process does work of that name. */
export type TakeLock = (name: string) => Promise<boolean>

export interface DatabaseSettings {
  /** PostgreSQL 14 or newer; absent: the embedded database. */
  readonly databaseUrl: string | null
  /** Holds the embedded database and other local state. */
  readonly dataFolder: string
}

/**
 * Opens whichever database is configured; postgres.js speaks to both. The driver is loaded only once the embedded
 * database is locked, so that a process that is turned away learns it at once.
 * @throws DatabaseInUse another process holds the embedded database.
 * @throws DatabaseUnreachable the server does not answer.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  if (settings.databaseUrl !== null) {
    const { openServer } = await import('./server.ts')
    return openServer(settings.databaseUrl)
  }
  const folder = join(settings.dataFolder, 'embedded')
  const unlock = await lockFolder(folder)
  const { openEmbedded } = await import('./embedded/open-embedded.ts')
  return openEmbedded(folder, unlock)
}
