import type { Database } from '../../src/db/client.ts'
import { readSites } from '../../src/db/sites.ts'
import type { Settings } from '../../src/settings.ts'
import { loadSites, resolveSite } from '../../src/sites/find-site.ts'
import { SiteError } from '../../src/sites/site-error.ts'
import { defineSite, type Site } from '../../src/sites/site.ts'

/** The declared sites, and those that are held and were made from an address, or are declared no longer. */
export async function withHeldSites(db: Database, declared: readonly Site[]): Promise<readonly Site[]> {
  const ids = new Set(declared.map(({ id }) => id))
  const held = (await readSites(db)).filter(({ id }) => !ids.has(id))
  return [...declared, ...held.map((row) => defineSite(row))]
}

/**
 * Ids of the sites that a person means, of those that are declared or held.
 * @throws SiteError that names the nearest ids.
 */
export async function idsOfSites(
  db: Database,
  { sitesFolder }: Settings,
  named: readonly string[],
): Promise<readonly string[]> {
  if (named.length === 0) return []
  const known = await withHeldSites(db, await loadSites(sitesFolder))
  return named.map((name) => {
    const { id, url } = resolveSite(name, known)
    if (!known.some((site) => site.id === id)) throw new SiteError([`Nothing is held of ${url}`])
    return id
  })
}
