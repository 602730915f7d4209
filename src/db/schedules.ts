import { sql } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import { moment } from './columns.ts'
import { sites } from './sites.ts'

export const schedules = pgTable('schedules', {
  siteId: text('site_id')
    .primaryKey()
    .references(() => sites.id, { onDelete: 'cascade' }),
  /** Expression and zone that `next_run_at` was worked out by. */
  expression: text('expression').notNull(),
  nextRunAt: moment('next_run_at').notNull(),
  lastRunAt: moment('last_run_at'),
  /** Passes in a row that were refused or could hardly read anything. */
  unwellPasses: integer('unwell_passes').notNull().default(0),
})

export interface Slot {
  readonly siteId: string
  readonly expression: string
  readonly nextRunAt: Date
  readonly unwellPasses: number
}

/** When each scheduled site is to run next, by its id. */
export async function loadSlots(db: Database): Promise<Map<string, Slot>> {
  const { siteId, expression, nextRunAt, unwellPasses } = schedules
  const rows = await db.select({ siteId, expression, nextRunAt, unwellPasses }).from(schedules)
  return new Map(rows.map((row) => [row.siteId, row]))
}

export async function loadSlot(db: Database, siteId: string): Promise<Slot | null> {
  const { expression, nextRunAt, unwellPasses } = schedules
  const [row] = await db
    .select({ siteId: schedules.siteId, expression, nextRunAt, unwellPasses })
    .from(schedules)
    .where(sql`${schedules.siteId} = ${siteId}`)
  return row ?? null
}

/** Notes the next slot; `ranAt` is when the one before was run, or null when none was. */
export async function saveSlot(db: Database, slot: Slot, ranAt: Date | null): Promise<void> {
  const { siteId, expression, nextRunAt, unwellPasses } = slot
  const ran = ranAt === null ? {} : { lastRunAt: ranAt }
  await db
    .insert(schedules)
    .values({ siteId, expression, nextRunAt, unwellPasses, ...ran })
    .onConflictDoUpdate({ target: schedules.siteId, set: { expression, nextRunAt, unwellPasses, ...ran } })
}
