import { nameWords } from '../../../../src/extractors/article/body/name-words.ts'
import type { TrainingPage } from './training-page.ts'

/** Weights of the words of classes and ids. */
export type Lexicon = ReadonlyMap<string, number>

const fewestHosts = 10
/** Share of the page's text that belongs to the article where a word says nothing. */
const usual = 0.45
const leastSaid = 0.45
const bounds = { least: -4, most: 3 }

/** For each word: how much of the text under it belongs to the article, each host counted once. */
export function learnLexicon(pages: readonly TrainingPage[]): Lexicon {
  const hosts = new Map<string, Map<string, { inside: number; outside: number }>>()
  for (const page of pages) {
    for (const [word, { inside, outside }] of sharesOf(page)) {
      const byHost = hosts.get(word) ?? new Map<string, { inside: number; outside: number }>()
      const own = byHost.get(page.host) ?? { inside: 0, outside: 0 }
      own.inside += inside / (inside + outside)
      own.outside += outside / (inside + outside)
      hosts.set(word, byHost.set(page.host, own))
    }
  }
  const lexicon = new Map<string, number>()
  for (const [word, byHost] of hosts) {
    const weight = byHost.size < fewestHosts ? 0 : weightOf([...byHost.values()])
    if (Math.abs(weight) > leastSaid) lexicon.set(word, Math.round(weight * 2) / 2)
  }
  return lexicon
}

function sharesOf({ blocks, passages, labels }: TrainingPage) {
  const shares = new Map<string, { inside: number; outside: number }>()
  passages.forEach((passage, place) => {
    const { share = 0, words = 0 } = labels[place] ?? {}
    if (words === 0) return
    const around = new Set<string>()
    for (let block: typeof passage | undefined = passage; block !== undefined; block = blocks[block.parent])
      for (const word of nameWords(block.names)) around.add(word)
    for (const word of around) {
      const own = shares.get(word) ?? { inside: 0, outside: 0 }
      own[share >= 0.5 ? 'inside' : 'outside'] += Math.sqrt(words)
      shares.set(word, own)
    }
  })
  return shares
}

function weightOf(hosts: readonly { readonly inside: number; readonly outside: number }[]): number {
  let inside = usual + 0.05
  let outside = 1 - usual + 0.05
  for (const host of hosts) {
    inside += host.inside / (host.inside + host.outside)
    outside += host.outside / (host.inside + host.outside)
  }
  const weight = Math.log(inside / outside) - Math.log(usual / (1 - usual))
  return Math.max(bounds.least, Math.min(bounds.most, weight))
}
