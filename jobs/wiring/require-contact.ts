import { isLoopbackUrl } from '../../src/crawlers/fetch/address.ts'
import { type Settings, UsageError } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'

/** Every host is told whom to turn to; only this machine itself need not be. @throws UsageError */
export function requireContact(settings: Settings, sites: readonly Site[]): void {
  const foreign = sites.find((site) => !isLoopbackUrl(site.url))
  if (foreign === undefined || settings.contact !== null) return
  throw new UsageError(
    `COMMENTARIAT_CONTACT is not set, and ${foreign.url} is not on this machine: every request tells the host ` +
      'whom to turn to. Set it to the address of a web page or a mailbox, in the environment or in .env',
  )
}
