import { openNewsroom } from '../../../src/demo/newsroom.ts'
import type { BenchOptions } from '../bench.ts'
import { readCorpora } from '../articles/corpus.ts'
import { countWords } from './edits.ts'

/** A set of texts of which no two are copies. */
export interface Source {
  readonly name: string
  readonly texts: readonly string[]
}

const FEWEST_WORDS = 80
const DEMO_ARTICLES_PER_SITE = 40

/**
 * Articles of the demo newsroom, and of the collected sets those that are there. The newsroom's are written to a few
 * patterns, with other places, people and numbers: what tells a copy from the next report of the same kind.
 */
export async function readSources({ data, sets, pages, note }: BenchOptions): Promise<Source[]> {
  const corpora = await readCorpora({ data, names: sets, limit: pages, note })
  const collected = corpora.map(({ name, pages }) => ({ name, texts: pages.map(({ truth }) => truth.body) }))
  return [{ name: 'demo', texts: await demoTexts() }, ...collected].map(({ name, texts }) => ({
    name,
    texts: [...new Set(texts)].filter((text) => countWords(text) >= FEWEST_WORDS),
  }))
}

async function demoTexts(): Promise<string[]> {
  const newsroom = await openNewsroom({ seed: 8, articlesPerSite: DEMO_ARTICLES_PER_SITE })
  try {
    const { sites } = newsroom.ledger()
    return sites.flatMap(({ articles }) => articles.map(({ paragraphs }) => paragraphs.join('\n\n')))
  } finally {
    await newsroom.close()
  }
}
