import { openDatabase, type OpenDatabase } from '../../src/db/client.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { CrawlQueue } from '../../src/queue/crawl-queue.ts'
import type { Settings } from '../../src/settings.ts'
import { requireServer } from './require-server.ts'
import { say } from './long-run.ts'

export interface OpenQueue {
  readonly queue: CrawlQueue
  readonly database: OpenDatabase
  /** Orders in hand are done or handed back first. */
  readonly close: () => Promise<void>
}

/** @throws UsageError, DatabaseUnreachable, WrongSchemaVersion */
export async function openQueue(settings: Settings): Promise<OpenQueue> {
  const databaseUrl = requireServer(settings)
  const database = await openDatabase(settings)
  try {
    await requireSchema(database)
    const queue = await CrawlQueue.open(databaseUrl, ({ message }) =>
      say(`the queue: ${message}; trying again`),
    )
    return {
      queue,
      database,
      close: async () => {
        try {
          await queue.close()
        } finally {
          await database.close()
        }
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
