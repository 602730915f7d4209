import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeScaleDatabase, type ScaleDatabase } from './database.ts'
import { openSites, type SimulatedSites } from './sites.ts'

/** Sites that each worker crawls at once: few, so that politeness is the limit and not this machine. */
export const AT_ONCE = 4

/** Sites, their declarations, and a database of their own. */
export interface Arena {
  readonly sites: SimulatedSites
  readonly database: ScaleDatabase
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

export async function openArena(serverUrl: string, size: { sites: number; pages: number }): Promise<Arena> {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-scale-'))
  const sites = await openSites(size.sites, size.pages, folder)
  const database = await makeScaleDatabase(serverUrl)
  const environment = {
    DATABASE_URL: database.url,
    COMMENTARIAT_SITES: folder,
    COMMENTARIAT_CONTACT: 'bench@example.org',
  }
  return {
    sites,
    database,
    environment,
    close: async () => {
      await database.drop()
      await sites.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function untilEmpty(database: ScaleDatabase): Promise<void> {
  while ((await database.held()).open > 0) await new Promise((resolve) => setTimeout(resolve, 500))
}
