import type { DatabaseSettings, OpenDatabase } from '../../src/db/client.ts'
import type { ChildEnd } from './child.ts'
import type { FakeSite } from './fake-site.ts'
import { findDoubled, findLost, findStuck, lastFailures, withDatabase } from './oracle.ts'

/** A pass whose failures the machine is to blame for, being busy, is done again. */
const MOST_PASSES = 3

/**
 * Crawls in peace until nothing fails, and looks at what is held then.
 * @param note takes a line for each pass that is done again.
 * @returns `failures` of the last pass, which are none unless something is wrong.
 */
export async function settle<Seen>(
  settings: DatabaseSettings,
  crawl: () => Promise<unknown>,
  look: (database: OpenDatabase) => Promise<Seen>,
  note: (line: string) => void = () => undefined,
): Promise<{ readonly seen: Seen; readonly failures: readonly string[] }> {
  for (let pass = 1; ; pass++) {
    await crawl()
    const found = await withDatabase(settings, async (database) => ({
      failures: await lastFailures(database),
      seen: await look(database),
    }))
    if (found.failures.length === 0 || pass === MOST_PASSES) return found
    note(`a pass in peace is done again: ${found.failures.join(', ')}`)
  }
}

/** Crawls in peace until nothing fails, and gives what is wrong then, which is nothing. */
export async function converge(
  settings: DatabaseSettings,
  site: FakeSite,
  crawl: () => Promise<ChildEnd>,
): Promise<string[]> {
  const crawlWell = async (): Promise<void> => {
    const { code, signal, stderr } = await crawl()
    // The feed that is gone is a failure.
    if (code !== 1) throw new Error(`a crawl in peace ended with ${code ?? signal}: ${stderr}`)
  }
  const { failures, seen } = await settle(settings, crawlWell, async (database) => [
    ...(await findStuck(database, site)),
    ...(await findLost(database, site)),
    ...(await findDoubled(database)),
  ])
  return [...failures, ...seen]
}
