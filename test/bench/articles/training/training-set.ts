import { readCorpora } from '../corpus.ts'
import { readTrainingPage, type TrainingPage } from './training-page.ts'

export const foldCount = 5

/**
 * Reads all pages of the collected sets that have a main text, in an order that does not change.
 * @param note is told each set's digest.
 */
export async function readTrainingSet(note: (line: string) => void): Promise<TrainingPage[]> {
  const names = ['scrapinghub', 'fundus', 'wcxb-article']
  const corpora = await readCorpora({ data: null, names, limit: null, note })
  const pages: TrainingPage[] = []
  for (const corpus of corpora) {
    for (const page of corpus.pages) {
      const read = await readTrainingPage(page)
      if (read !== null) pages.push(read)
    }
    note(`${corpus.name}: ${corpus.digest}`)
  }
  return pages
}

/** Pages of one host are in one fold, so that what is learnt of a host is never tried on it. */
export function foldOf({ host }: TrainingPage): number {
  const letters = Array.from(host, (letter) => letter.charCodeAt(0))
  return letters.reduce((hash, code) => (hash * 31 + code) % 1_000_003, 7) % foldCount
}

/** The set that a page is of. */
export const setOf = ({ page }: TrainingPage): string => page.key.split('/')[0] ?? ''
