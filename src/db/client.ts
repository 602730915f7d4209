import { join } from 'node:path'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { lockFolder } from './embedded/lock.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded/pglite-socket.ts'

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
  close(): Promise<void>
}

export interface DatabaseSettings {
  /** PostgreSQL 14 or newer; absent: the embedded database. */
  readonly databaseUrl: string | null
  /** Holds the embedded database and other local state. */
  readonly dataFolder: string
}

/** The database does not answer. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable'
}

/**
 * Opens whichever database is configured; postgres.js speaks to both.
 * @throws DatabaseInUse another process holds the embedded database.
 * @throws DatabaseUnreachable the server does not answer.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  return settings.databaseUrl === null
    ? openEmbedded(join(settings.dataFolder, 'embedded'))
    : openServer(settings.databaseUrl)
}

async function openEmbedded(folder: string): Promise<OpenDatabase> {
  const unlock = await lockFolder(folder)
  try {
    const server = await startEmbeddedServer(folder)
    const client = postgres(embeddedOptions(server))
    const close = async () => {
      await client.end({ timeout: 5 })
      await server.close()
      await unlock()
    }
    const db = drizzle(preparing(client))
    // The folder's lock already keeps every other process out.
    return {
      db,
      kind: 'embedded',
      name: folder,
      exclusively: (_lock, work) => work(db),
      unlessHeld: (_name, work) => work(),
      close,
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** The driver takes a `socket`, which its types do not tell. One session: PGlite has no more. */
function embeddedOptions({ socket }: EmbeddedServer): postgres.Options<Record<string, never>> {
  const options = {
    socket,
    max: 1,
    user: 'postgres',
    database: 'postgres',
    onnotice: () => undefined,
    idle_timeout: 0,
    max_lifetime: null,
  }
  return options
}

const CONNECTIONS = 8
const CONNECT_SECONDS = 10

async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const name = withoutPassword(databaseUrl)
  const client = postgres(databaseUrl, {
    max: CONNECTIONS,
    connect_timeout: CONNECT_SECONDS,
    onnotice: () => undefined,
    connection: { application_name: 'commentariat' },
  })
  try {
    await client`select 1`
  } catch (error) {
    await client.end({ timeout: 1 })
    const reason = error instanceof Error ? error.message || error.name : String(error)
    throw new DatabaseUnreachable(
      `the database ${name} is out of reach (${reason}); check DATABASE_URL and that the server runs, ` +
        'or unset it to use the embedded database',
      { cause: error },
    )
  }
  const exclusively: OpenDatabase['exclusively'] = async (lock, work) => {
    const session = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
    try {
      await session`select pg_advisory_lock(${lock})`
      return await work(drizzle(preparing(session)))
    } finally {
      await session.end({ timeout: 5 })
    }
  }
  const unlessHeld: OpenDatabase['unlessHeld'] = async (workName, work) => {
    const session = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
    try {
      const [row] = await session`select pg_try_advisory_lock(hashtextextended(${workName}, 0)) as taken`
      return row?.['taken'] === true ? await work() : null
    } finally {
      // The lock goes with its session, however the process ends.
      await session.end({ timeout: 5 })
    }
  }
  return {
    db: drizzle(preparing(client)),
    kind: 'server',
    name,
    exclusively,
    unlessHeld,
    close: () => client.end({ timeout: 5 }),
  }
}

/**
 * Drizzle asks for every statement to be parsed and planned anew, which takes a second round trip; they are few, so
 * each session prepares each of them once. `?prepare=false` in DATABASE_URL, for a pooler that mixes sessions, holds.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  const begin = client.begin.bind(client)
  prepareAlways(client)
  const beginPreparing = (...given: [work: Work] | [mode: string, work: Work]): Promise<unknown> => {
    const work = given.length === 1 ? given[0] : given[1]
    const prepared: Work = (transaction) => work(prepareAlways(transaction))
    return given.length === 1 ? begin(prepared) : begin(given[0], prepared)
  }
  return Object.assign(client, { begin: beginPreparing })
}

type Work = (transaction: postgres.TransactionSql) => unknown

function prepareAlways<Session extends postgres.TransactionSql | postgres.Sql>(session: Session): Session {
  const unsafe = session.unsafe.bind(session)
  const unsafePrepared: typeof unsafe = (query, parameters, options) =>
    unsafe(query, parameters, { ...options, prepare: true })
  return Object.assign(session, { unsafe: unsafePrepared })
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'of DATABASE_URL'
  const url = new URL(databaseUrl)
  return `${url.host}${url.pathname}`
}
