import { sql } from 'drizzle-orm'
import type { ThreadReading } from '../store.ts'
import type { Database } from './client.ts'
import type { OpenedThread } from './threads.ts'

/**
 * What a reading tells of this thread. That its server knows no such thread means that it has no comments yet, unless
 * some are held: then the server has moved, or something else answers in its place, and nothing is proved.
 */
export async function readingOfHeld(
  db: Database,
  { id, isNew, reportedCount }: OpenedThread,
  reading: ThreadReading,
): Promise<ThreadReading> {
  if (!reading.isNotFound || isNew || !(await holdsComments(db, id))) return reading
  return { ...reading, incomplete: reading.incomplete ?? 'not_found', reportedCount }
}

/** Of a thread whose last reading was broken off, the row does not tell. */
async function holdsComments(db: Database, threadId: number): Promise<boolean> {
  const [row] = await db.execute<{ held: boolean }>(
    sql`select exists (select 1 from comments where thread_id = ${threadId} and state <> 'removed') as held`,
  )
  return row?.held ?? false
}
