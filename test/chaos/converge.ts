import type { DatabaseSettings } from '../../src/db/client.ts'
import type { ChildEnd } from './child.ts'
import type { FakeSite } from './fake-site.ts'
import { findDoubled, findLost, findStuck, lastFailures, withDatabase } from './oracle.ts'

/** A pass whose failures the machine is to blame for, being busy, is done again. */
const MOST_PASSES = 3

/** Crawls in peace until nothing fails, and gives what is wrong then, which is nothing. */
export async function converge(
  settings: DatabaseSettings,
  site: FakeSite,
  crawl: () => Promise<ChildEnd>,
): Promise<string[]> {
  for (let pass = 1; ; pass++) {
    const end = await crawl()
    // The feed that is gone is a failure.
    if (end.code !== 1)
      throw new Error(`a crawl in peace ended with ${end.code ?? end.signal}: ${end.stderr}`)
    const wrongs = await withDatabase(settings, async (database) => ({
      failures: await lastFailures(database),
      found: [
        ...(await findStuck(database, site)),
        ...(await findLost(database, site)),
        ...(await findDoubled(database)),
      ],
    }))
    if (wrongs.failures.length === 0) return wrongs.found
    if (pass === MOST_PASSES) return [...wrongs.failures, ...wrongs.found]
  }
}
