import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { boolean, pgTable, text } from 'drizzle-orm/pg-core'
import type { Site } from '../sites/site.ts'
import type { Database } from './client.ts'

export const sites = pgTable('sites', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  family: text('family'),
  isFamilySource: boolean('is_family_source').notNull().default(false),
  language: text('language'),
  timezone: text('timezone'),
  enabled: boolean('enabled').notNull().default(true),
})

/**
 * Makes the site's row say what its declaration says; writes nothing when it does already. A zone that was
 * found out stays as long as none is declared.
 * @returns the zone of the site's clock as far as it is known.
 */
export async function saveSite(db: Database, site: Site): Promise<string | null> {
  const { id, name, url, family, isFamilySource, language, timezone, enabled } = site
  const where = sql`${sites.id} = ${id}`
  const columns = { name, url, family, isFamilySource, language, enabled }
  const [held] = await db.select().from(sites).where(where)
  const row = { ...columns, timezone: timezone ?? held?.timezone ?? null }
  if (held === undefined)
    await db
      .insert(sites)
      .values({ id, ...row })
      .onConflictDoNothing()
  else if (!isDeepStrictEqual(held, { id, ...row })) await db.update(sites).set(row).where(where)
  return row.timezone
}

export async function noteTimezone(db: Database, siteId: string, timezone: string): Promise<void> {
  await db
    .update(sites)
    .set({ timezone })
    .where(sql`${sites.id} = ${siteId}`)
}

/** Removes a site with all that is held of it. */
export async function forgetSite(db: Database, siteId: string): Promise<void> {
  await db.transaction(async (transaction) => {
    for (const table of [
      'articles',
      'article_urls',
      'capture_records',
      'runs',
      'failures',
      'site_checks',
      'site_leases',
    ]) {
      await transaction.execute(sql`delete from ${sql.identifier(table)} where site_id = ${siteId}`)
    }
    await transaction.delete(sites).where(sql`${sites.id} = ${siteId}`)
  })
}

/** The sites that are held, as they were declared or made from an address. */
export async function readSites(db: Database): Promise<(typeof sites.$inferSelect)[]> {
  return db.select().from(sites).orderBy(sites.id)
}
