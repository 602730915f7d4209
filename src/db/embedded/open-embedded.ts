import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from '../client.ts'
import { preparing } from '../preparing.ts'
import { type EmbeddedServer, startEmbeddedServer } from './pglite-socket.ts'
import { patiently } from '../patience.ts'
import { DatabaseUnreachable } from '../refusals.ts'

/** @param unlock gives back the lock of the folder, which the caller has taken. */
export async function openEmbedded(folder: string, unlock: () => Promise<void>): Promise<OpenDatabase> {
  try {
    const server = await startEmbeddedServer(folder).catch(refuseToStart(folder))
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
      // What has stopped does not come back.
      patiently: (work, patience) => patiently(work, { ...patience, longestWaitMs: 0 }),
      session: db,
      close,
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

function refuseToStart(folder: string) {
  return (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatabaseUnreachable(
      `the embedded database in ${folder} does not start (${reason}); see that its disk has room and the folder ` +
        'can be written to, else put a copy of the folder from a backup in its place',
      { cause: error },
    )
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
