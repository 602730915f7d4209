import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from './client.ts'
import { preparing } from './preparing.ts'
import { DatabaseUnreachable } from './refusals.ts'
import { patiently } from './patience.ts'
import { serverSockets } from './server-socket.ts'

const CONNECTIONS = 8
const CONNECT_SECONDS = 10
/** A process that stands still within a transaction would hold its rows against whoever takes over. */
const STANDSTILL_MS = 15_000

/** @throws DatabaseUnreachable */
export async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const name = withoutPassword(databaseUrl)
  const usual = {
    connect_timeout: CONNECT_SECONDS,
    // How long to wait is decided above, by what is to be done.
    backoff: () => 0.1,
    onnotice: () => undefined,
    // The driver takes it, which its types do not tell.
    socket: serverSockets(),
  }
  const client = postgres(databaseUrl, {
    ...usual,
    max: CONNECTIONS,
    // Statements are many and short: compiling one takes longer than running it, seconds on a busy server.
    connection: {
      application_name: 'commentariat',
      jit: 'off',
      idle_in_transaction_session_timeout: STANDSTILL_MS,
    },
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
  const session = postgres(databaseUrl, {
    ...usual,
    max: 1,
    max_lifetime: null,
    connection: { application_name: 'commentariat session' },
  })
  const exclusively: OpenDatabase['exclusively'] = async (lock, work) => {
    const locking = postgres(databaseUrl, { ...usual, max: 1 })
    try {
      await locking`select pg_advisory_lock(${lock})`
      return await work(drizzle(preparing(locking)))
    } finally {
      await locking.end({ timeout: 5 })
    }
  }
  return {
    db: drizzle(preparing(client)),
    kind: 'server',
    name,
    exclusively,
    patiently,
    session: drizzle(preparing(session)),
    close: async () => {
      await Promise.all([client.end({ timeout: 5 }), session.end({ timeout: 5 })])
    },
  }
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'of DATABASE_URL'
  const url = new URL(databaseUrl)
  return `${url.host}${url.pathname}`
}
