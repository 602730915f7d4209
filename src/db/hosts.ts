import { pgTable, text } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import { moment } from './columns.ts'
import { failpoint } from '../failpoint.ts'

export const hosts = pgTable('hosts', {
  host: text('host').primaryKey(),
  nextAllowedAt: moment('next_allowed_at'),
  retryAfterUntil: moment('retry_after_until'),
})

/** When a host may be asked again. Shared by all workers, and kept over restarts. */
export type HostPace = typeof hosts.$inferSelect

export async function saveHost(
  db: Database,
  { host, nextAllowedAt, retryAfterUntil }: HostPace,
): Promise<void> {
  await db
    .insert(hosts)
    .values({ host, nextAllowedAt, retryAfterUntil })
    .onConflictDoUpdate({ target: hosts.host, set: { nextAllowedAt, retryAfterUntil } })
  failpoint('host-saved')
}

export async function loadHosts(db: Database): Promise<HostPace[]> {
  return db.select().from(hosts)
}
