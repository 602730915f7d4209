import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Alarm } from './alarms.ts'
import type { Database } from './client.ts'
import { identity, moment, reference } from './columns.ts'
import { runs } from './runs.ts'

export const siteChecks = pgTable(
  'site_checks',
  {
    id: identity(),
    siteId: text('site_id').notNull(),
    runId: reference('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    pages: integer('pages').notNull(),
    fillRates: jsonb('fill_rates').$type<Readonly<Record<string, number>>>().notNull(),
    alarms: jsonb('alarms').$type<readonly Alarm[]>().notNull(),
  },
  (table) => [index('site_checks_site_id_at_idx').on(table.siteId, table.at)],
)

export interface SiteCheck {
  readonly siteId: string
  readonly runId: number
  readonly at: Date
  /** Pages read in the run, articles or not. */
  readonly pages: number
  /** Field name to the share of articles, 0 to 1, on which it was found; `article`: the share of pages that hold one. */
  readonly fillRates: Readonly<Record<string, number>>
  readonly alarms?: readonly Alarm[]
}

export async function saveSiteCheck(db: Database, check: SiteCheck): Promise<void> {
  await db.insert(siteChecks).values({ alarms: [], ...check })
}

/** Enough of the past to know what is usual. */
const MOST_CHECKS = 50

/** The last checks of a site, newest first. */
export async function readSiteChecks(
  db: Database,
  siteId: string,
): Promise<Pick<SiteCheck, 'pages' | 'fillRates'>[]> {
  return db
    .select({ pages: siteChecks.pages, fillRates: siteChecks.fillRates })
    .from(siteChecks)
    .where(sql`${siteChecks.siteId} = ${siteId}`)
    .orderBy(sql`${siteChecks.at} desc, ${siteChecks.id} desc`)
    .limit(MOST_CHECKS)
}
