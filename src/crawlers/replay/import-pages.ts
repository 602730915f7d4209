import type { StoredAnswer } from '../../stored-answers.ts'
import type { Pass } from '../pass.ts'
import { takeStored } from './replay-site.ts'

/** Pages in hand at once: enough to keep the extraction threads busy while the database writes. */
const PAGES_AT_ONCE = 16

export interface ImportMeans {
  /** The pass over the site that an answer belongs to; null when it is of no site that is wanted. */
  readonly passOf: (answer: StoredAnswer) => Promise<Pass | null>
  /** Stores what an article's page is read with: parts and threads. */
  readonly keep: (pass: Pass, answer: StoredAnswer) => Promise<void>
  readonly signal: AbortSignal
}

/**
 * Takes archived pages all the way, as fast as they are extracted; what belongs to them comes before them. Of one
 * address a page is taken after the one before it, so that the later one is the newer version.
 * @param count of the pages that were taken, which is right also when the archive breaks off.
 */
export async function importPages(
  answers: AsyncIterable<StoredAnswer>,
  { passOf, keep, signal }: ImportMeans,
  count: { pages: number },
): Promise<void> {
  const inHand = new Map<string, Promise<unknown>>()
  const faults: unknown[] = []
  try {
    for await (const answer of answers) {
      if (signal.aborted || faults.length > 0) break
      const pass = await passOf(answer)
      if (pass === null) continue
      if (answer.kind !== 'article' && answer.kind !== 'not_an_article') {
        await keep(pass, answer)
        continue
      }
      while (inHand.size >= PAGES_AT_ONCE) await Promise.race(inHand.values())
      await inHand.get(answer.requestHash)
      count.pages++
      const work = takeStored(pass, { url: answer.url, articleUrl: answer.url }, answer)
        .catch((error: unknown) => faults.push(error))
        .finally(() => inHand.delete(answer.requestHash))
      inHand.set(answer.requestHash, work)
    }
  } finally {
    await Promise.all(inHand.values())
  }
  if (faults.length > 0) throw faults[0]
}
