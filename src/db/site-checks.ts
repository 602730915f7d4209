import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Alarm, RaisedAlarm } from './alarms.ts'
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
    alarms: jsonb('alarms').$type<readonly (Alarm | RaisedAlarm)[]>().notNull(),
    figures: jsonb('figures').$type<PassFigures>(),
    toldAt: moment('told_at'),
  },
  (table) => [index('site_checks_site_id_at_idx').on(table.siteId, table.at)],
)

/** What was counted in one pass, for its alarms. */
export interface PassFigures {
  /** Pages and other answers that were wanted, whatever came of them. */
  readonly tried: number
  /** Of these: the host refused, showed a wall, or the answer could not be had or read. */
  readonly refused: number
  readonly walls: number
  readonly failed: number
  readonly newArticles: number
  readonly threads: number
  readonly incompleteThreads: number
  /** Comments that were read, held already or not. */
  readonly comments: number
  /** Articles and comments that came with a time, and those of them whose time had not come yet. */
  readonly dated: number
  readonly futureDates: number
  /** Articles with a new text, and those of them that hold signs that could not be decoded (U+FFFD). */
  readonly texts: number
  readonly damagedTexts: number
  /** Articles that were still due when the pass ended, themselves or their threads. */
  readonly due: number
  /**
   * Articles that a feed which was read should name by now, and those of them that none did; absent in checks of older
   * versions.
   */
  readonly recent?: number
  readonly unnamed?: number
  /** Sources that were read, and those of them that named no article; absent in checks of older versions. */
  readonly sources?: number
  readonly emptySources?: number
}

export interface SiteCheck {
  readonly siteId: string
  readonly runId: number
  readonly at: Date
  /** Pages read in the run, articles or not. */
  readonly pages: number
  /** Field name to the share of articles, 0 to 1, on which it was found; `article`: the share of pages that hold one. */
  readonly fillRates: Readonly<Record<string, number>>
  readonly alarms?: readonly (Alarm | RaisedAlarm)[]
  readonly figures?: PassFigures
}

export async function saveSiteCheck(db: Database, check: SiteCheck): Promise<void> {
  const { id, runId } = siteChecks
  // Saved again after the answer to the first time was lost, say.
  const held = await db
    .select({ id })
    .from(siteChecks)
    .where(sql`${runId} = ${check.runId}`)
  if (held.length === 0) await db.insert(siteChecks).values({ alarms: [], ...check })
}

/** Four weeks of passes every half hour: enough to know what is usual on a site with two articles a day. */
const MOST_CHECKS = 1400

/** A check as it is compared with later ones. */
export interface PastCheck extends Pick<SiteCheck, 'at' | 'pages' | 'fillRates'> {
  /** Null in checks of older versions. */
  readonly figures: PassFigures | null
  readonly alarms: readonly (Alarm | RaisedAlarm)[]
  /** When the operator's own service had been told of all changes up to here; null: not yet, or nobody is to be told. */
  readonly toldAt: Date | null
}

/** The last checks of a site, newest first. @param otherThan run of a check that is left out. */
export async function readSiteChecks(
  db: Database,
  siteId: string,
  otherThan: number | null = null,
): Promise<PastCheck[]> {
  const { at, pages, fillRates, figures, alarms, toldAt } = siteChecks
  return db
    .select({ at, pages, fillRates, figures, alarms, toldAt })
    .from(siteChecks)
    .where(
      sql`${siteChecks.siteId} = ${siteId} and ${siteChecks.runId} is distinct from ${otherThan}::bigint`,
    )
    .orderBy(sql`${siteChecks.at} desc, ${siteChecks.id} desc`)
    .limit(MOST_CHECKS)
}

/** Notes that the changes of a site's alarms up to this run have been told. */
export async function noteTold(db: Database, runId: number, toldAt: Date): Promise<void> {
  await db
    .update(siteChecks)
    .set({ toldAt })
    .where(sql`${siteChecks.runId} = ${runId}`)
}
