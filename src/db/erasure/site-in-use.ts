import type { TakeSite } from '../site-leases.ts'

/** A site that something is to be erased from is being crawled: the pass would not know of it. */
export class SiteInUse extends Error {
  override readonly name = 'SiteInUse'

  constructor(site: string) {
    super(`${site} is being crawled by another process; nothing was erased. Try again when it has ended`)
  }
}

/** Keeps passes over sites from beginning. @returns the sites. @throws SiteInUse */
export async function takeSites(take: TakeSite, sites: Iterable<string>): Promise<ReadonlySet<string>> {
  const taken = new Set(sites)
  for (const site of taken) if ((await take(site)) === null) throw new SiteInUse(site)
  return taken
}

/** What is found once they are taken must be theirs alone. @throws SiteInUse */
export function requireTaken(taken: ReadonlySet<string>, sites: Iterable<string>): void {
  for (const site of sites) if (!taken.has(site)) throw new SiteInUse(site)
}
