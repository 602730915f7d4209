import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from './client.ts'
import { preparing } from './preparing.ts'
import { DatabaseUnreachable } from './refusals.ts'
import { patiently } from './patience.ts'

const CONNECTIONS = 8
const CONNECT_SECONDS = 10

/** @throws DatabaseUnreachable */
export async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const name = withoutPassword(databaseUrl)
  const client = postgres(databaseUrl, {
    max: CONNECTIONS,
    connect_timeout: CONNECT_SECONDS,
    // How long to wait is decided above, by what is to be done.
    backoff: () => 0.1,
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
    patiently,
    close: () => client.end({ timeout: 5 }),
  }
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'of DATABASE_URL'
  const url = new URL(databaseUrl)
  return `${url.host}${url.pathname}`
}
