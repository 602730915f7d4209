import type { TakeLock } from '../client.ts'

/** A site that something is to be erased from is being crawled: the pass would not know of it. */
export class SiteInUse extends Error {
  override readonly name = 'SiteInUse'
}

/** Keeps passes over sites from beginning, for as long as the names are held. @throws SiteInUse */
export async function takeSites(take: TakeLock, sites: Iterable<string>): Promise<void> {
  for (const site of new Set(sites)) {
    if (!(await take(`site ${site}`)))
      throw new SiteInUse(
        `${site} is being crawled by another process; nothing was erased. Try again when it has ended`,
      )
  }
}
