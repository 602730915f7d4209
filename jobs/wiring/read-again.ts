import type { Pass } from '../../src/crawlers/pass.ts'
import { replaySite } from '../../src/crawlers/replay/replay-site.ts'
import { newTally } from '../../src/crawlers/tally.ts'
import type { Database } from '../../src/db/client.ts'
import { storedAnswers } from '../../src/db/replay/stored-answers.ts'
import type { SiteStore } from '../../src/store.ts'

/**
 * Reads the pages of a site again when an archive of it has been taken: the answers about a thread may stand behind its
 * article, which was read without them. @param replayed takes over what is read otherwise of pages that are held.
 */
export async function readAgain(db: Database, pass: Pass, replayed: SiteStore): Promise<void> {
  if (pass.signal.aborted) return
  const again = { ...pass, store: replayed, tally: newTally(), onChange: () => undefined }
  await replaySite(again, storedAnswers(db, pass.site.id), null)
  const { comments } = again.tally
  pass.tally.comments.new += comments.new
  pass.tally.comments.edited += comments.edited
  pass.tally.comments.removed += comments.removed
}
