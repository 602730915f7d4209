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
  timezone: text('timezone').notNull(),
  enabled: boolean('enabled').notNull().default(true),
})

/** Makes the site's row say what its declaration says; writes nothing when it does already. */
export async function saveSite(db: Database, site: Site): Promise<void> {
  const { id, name, url, family, isFamilySource, language, timezone, enabled } = site
  await db
    .insert(sites)
    .values({ id, name, url, family, isFamilySource, language, timezone, enabled })
    .onConflictDoUpdate({
      target: sites.id,
      set: { name, url, family, isFamilySource, language, timezone, enabled },
      setWhere: sql`(${sites.name}, ${sites.url}, ${sites.family}, ${sites.isFamilySource}, ${sites.language},
        ${sites.timezone}, ${sites.enabled}) is distinct from (excluded.name, excluded.url, excluded.family,
        excluded.is_family_source, excluded.language, excluded.timezone, excluded.enabled)`,
    })
}

/** Removes a site with all that is held of it. */
export async function forgetSite(db: Database, siteId: string): Promise<void> {
  await db.transaction(async (transaction) => {
    for (const table of ['articles', 'article_urls', 'captures', 'runs', 'failures', 'site_checks']) {
      await transaction.execute(sql`delete from ${sql.identifier(table)} where site_id = ${siteId}`)
    }
    await transaction.delete(sites).where(sql`${sites.id} = ${siteId}`)
  })
}
