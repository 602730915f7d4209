import { matchKey, hasKey, rememberKey } from '../../src/db/privacy-keys.ts'
import { loadErasures } from '../../src/db/erasures.ts'
import type { Database } from '../../src/db/client.ts'
import { Guard } from '../../src/privacy/guard.ts'
import { PrivacyKey } from '../../src/privacy/privacy-key.ts'
import { privateStore } from '../../src/privacy/private-store.ts'
import { type Settings, UsageError } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import type { SiteStore } from '../../src/store.ts'

type PrivacySettings = Pick<Settings, 'pseudonymKey' | 'privacy'>

/**
 * The key of the settings, once it is known to be the one that the database was begun with.
 * @returns null when none is set and none is needed.
 * @throws UsageError for another key than the database's, or none where one is needed.
 */
export async function openKey(
  db: Database,
  { pseudonymKey }: PrivacySettings,
  isNeeded: boolean,
): Promise<PrivacyKey | null> {
  if (pseudonymKey === null) {
    if (isNeeded || (await hasKey(db)))
      throw new UsageError(
        'COMMENTARIAT_PSEUDONYM_KEY is not set, and this database needs it: for pseudonyms, and to keep away what was ' +
          'erased. Set the key that it was begun with; for a new database, make one: openssl rand -hex 32',
      )
    return null
  }
  const key = new PrivacyKey(pseudonymKey)
  const match = await matchKey(db, key)
  if (match === 'other')
    throw new UsageError(
      'COMMENTARIAT_PSEUDONYM_KEY is not the key that this database was begun with: with it, writers would get other ' +
        'pseudonyms, and erased persons would come back. Set the former key',
    )
  if (match === 'new' && isNeeded) await rememberKey(db, key, new Date())
  return key
}

const privacyOf = (site: Site, { privacy }: PrivacySettings) => site.privacy ?? privacy

/** Whether a site's writers are held otherwise than by their names, which takes a key. */
export const hidesNames = (site: Site, settings: PrivacySettings): boolean =>
  privacyOf(site, settings) !== 'names'

/** A site's store as its rules on people, and the list of erasures, allow it to be used. */
export async function openPrivateStore(
  db: Database,
  settings: PrivacySettings,
  site: Site,
  store: SiteStore,
): Promise<SiteStore> {
  return privateStore(store, await openGuard(db, settings, site))
}

/** What a site's rules on people, and the list of erasures, allow to be held. */
export async function openGuard(db: Database, settings: PrivacySettings, site: Site): Promise<Guard> {
  const privacy = privacyOf(site, settings)
  const key = await openKey(db, settings, privacy !== 'names')
  const scope = site.family ?? site.id
  const { nameDays, commentDays } = site
  return new Guard(key, { privacy, scope, nameDays, commentDays }, await loadErasures(db, scope))
}
