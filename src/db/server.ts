import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { databaseHosts, withFirstHost } from '../database-hosts.ts'
import type { OpenDatabase } from './client.ts'
import { preparing } from './preparing.ts'
import { DatabaseUnreachable } from './refusals.ts'
import { patiently } from './patience.ts'
import { serverSockets } from './server-socket.ts'

const CONNECTIONS = 8
const CONNECT_SECONDS = 10
/** A process that stands still within a transaction would hold its rows against whoever takes over. */
const STANDSTILL_MS = 15_000
/** Between two of several servers: a connection to one of the wrong role has ended by then. */
const NEXT_SERVER_MS = 100

/** @throws DatabaseUnreachable */
export async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const name = withoutPassword(databaseUrl)
  // Never connected: the driver tells what it reads from the address.
  const { host, port, path } = postgres(databaseUrl).options
  const [firstHost = 'localhost'] = host
  const [firstPort = 5432] = port
  const usual = {
    // Of several it hears of one: it would try them for ever.
    ...(host.length > 1 && { host: firstHost, port: firstPort }),
    connect_timeout: CONNECT_SECONDS,
    // How long to wait is decided above, by what is to be done.
    backoff: () => 0.1,
    onnotice: () => undefined,
    // The driver takes it, which its types do not tell.
    socket: serverSockets({ host, port, path }),
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
  await reachServer(client, name, host.length)
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

/** @throws DatabaseUnreachable when none of the servers answers. */
async function reachServer(client: postgres.Sql, name: string, servers: number): Promise<void> {
  const faults: unknown[] = []
  while (faults.length < servers) {
    try {
      await client`select 1`
      return
    } catch (error) {
      faults.push(error)
      if (faults.length < servers) await sleep(NEXT_SERVER_MS)
    }
  }
  await client.end({ timeout: 1 })
  const reasons = new Set(faults.map(reasonOf))
  throw new DatabaseUnreachable(
    `the database ${name} is out of reach (${[...reasons].join('; ')}); check DATABASE_URL and that the server runs, ` +
      'or unset it to use the embedded database',
    { cause: faults.at(-1) },
  )
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error)

function withoutPassword(databaseUrl: string): string {
  const hosts = databaseHosts(databaseUrl).join(',')
  return `${hosts}${new URL(withFirstHost(databaseUrl)).pathname}`
}
