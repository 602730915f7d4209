import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import { moment } from './columns.ts'

export const hosts = pgTable('hosts', {
  host: text('host').primaryKey(),
  nextAllowedAt: moment('next_allowed_at'),
  retryAfterUntil: moment('retry_after_until'),
  lastResponseMs: integer('last_response_ms'),
})

/** When a host may be asked again. Shared by all workers, and kept over restarts. */
export interface HostPace {
  readonly host: string
  readonly nextAllowedAt: Date | null
  readonly retryAfterUntil: Date | null
  readonly lastResponseMs: number | null
}

export async function saveHost(db: Database, pace: HostPace): Promise<void> {
  const { host, ...columns } = pace
  await db
    .insert(hosts)
    .values({ host, ...columns })
    .onConflictDoUpdate({ target: hosts.host, set: columns })
}

export async function loadHosts(db: Database): Promise<HostPace[]> {
  return db.select().from(hosts)
}
