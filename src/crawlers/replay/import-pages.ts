import type { StoredAnswer } from '../../store.ts'
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
 * @returns how many pages were taken.
 */
export async function importPages(
  answers: AsyncIterable<StoredAnswer>,
  { passOf, keep, signal }: ImportMeans,
): Promise<number> {
  const inHand = new Map<string, Promise<unknown>>()
  let pages = 0
  try {
    for await (const answer of answers) {
      if (signal.aborted) break
      const pass = await passOf(answer)
      if (pass === null) continue
      if (answer.kind !== 'article' && answer.kind !== 'not_an_article') {
        await keep(pass, answer)
        continue
      }
      while (inHand.size >= PAGES_AT_ONCE) await Promise.race(inHand.values())
      await inHand.get(answer.requestHash)
      pages++
      const work = takeStored(pass, { url: answer.url, articleUrl: answer.url }, answer).finally(() =>
        inHand.delete(answer.requestHash),
      )
      // Whoever waits for it sees its fault; without a listener the process would end at once.
      work.catch(() => undefined)
      inHand.set(answer.requestHash, work)
    }
  } finally {
    await Promise.all(inHand.values())
  }
  return pages
}
