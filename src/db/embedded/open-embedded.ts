import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from '../client.ts'
import { preparing } from '../preparing.ts'
import { type EmbeddedServer, startEmbeddedServer } from './pglite-socket.ts'

/** @param unlock gives back the lock of the folder, which the caller has taken. */
export async function openEmbedded(folder: string, unlock: () => Promise<void>): Promise<OpenDatabase> {
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
      holding: (work) => work(() => Promise.resolve(true)),
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
