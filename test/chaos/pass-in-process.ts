import { notice } from '../../jobs/wiring/notice.ts'
import { runSites, type SiteResult } from '../../jobs/wiring/run-sites.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { readSettings } from '../../src/settings.ts'
import { loadSites } from '../../src/sites/find-site.ts'
import { type FakeSite, siteId } from './fake-site.ts'

/** One pass over the fake site within this process, for faults that are not its death. */
export async function passOver(
  site: FakeSite,
  database: OpenDatabase,
  signal: AbortSignal = new AbortController().signal,
): Promise<SiteResult> {
  const sites = (await loadSites(site.sitesFolder)).filter(({ id }) => id === siteId)
  const [result] = await runSites({
    settings: readSettings({}),
    sites,
    job: 'test',
    pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: true, articles: [] },
    allowPrivateNetwork: true,
    concurrency: 1,
    signal,
    onEvent: (_pass, event) => {
      if (event.kind === 'trouble') notice('warn', event.message)
    },
    database,
  })
  if (result === undefined) throw new Error('the pass gave no result')
  return result
}
