import type { ReadComment, TruthComment } from '../page.ts'
import { bagOf, likeness, nameKey } from './words.ts'

/** Indexes of the truth's comments to those of what was read. */
export type Match = ReadonlyMap<number, number>

/** Texts that share nine tenths of their words are one comment. */
const ALIKE = 0.9

interface Candidate {
  readonly weight: number
  readonly truth: number
  readonly read: number
}

/**
 * Which comment that was read is which of the truth: each at most once, the likest first. Texts that are alike are told
 * apart by id, by author and by place on the page.
 */
export function matchComments(truths: readonly TruthComment[], reads: readonly ReadComment[]): Match {
  const readBags = reads.map(({ text }) => bagOf(text))
  const candidates = truths.flatMap((truth, index) => {
    const bags = [bagOf(truth.text)]
    if (truth.title !== null) bags.push(bagOf(`${truth.title}\n${truth.text}`))
    return reads.flatMap((read, place): Candidate[] => {
      const hasSameId = sameId(truth, read)
      const hasSameAuthor = nameKey(truth.author) !== '' && nameKey(truth.author) === nameKey(read.author)
      const isNamed = hasSameId || (hasSameAuthor && readBags[place]?.size === 0)
      const alike =
        isTextless(truth) && isNamed
          ? 1
          : truth.text === ''
            ? 0
            : Math.max(...bags.map((bag) => likeness(bag, readBags[place] ?? new Map())))
      if (alike < ALIKE) return []
      const apart = Math.abs(index / truths.length - place / reads.length)
      const weight = alike + (hasSameId ? 0.02 : 0) + (hasSameAuthor ? 0.01 : 0) - apart * 0.005
      return [{ weight, truth: index, read: place }]
    })
  })
  return likestFirst(candidates)
}

/** Pings and posts of nothing but images can be told by id, or by a name that stands alone. */
const isTextless = ({ text, isPing }: TruthComment): boolean => text === '' || isPing

function sameId(truth: TruthComment, read: ReadComment): boolean {
  return truth.id !== null && bareId(truth.id) === bareId(read.id)
}

const bareId = (id: string): string => id.replace(/^\D+/, '')

function likestFirst(candidates: readonly Candidate[]): Match {
  const match = new Map<number, number>()
  const taken = new Set<number>()
  const ordered = candidates.toSorted((one, other) => other.weight - one.weight || one.truth - other.truth)
  for (const { truth, read } of ordered) {
    if (match.has(truth) || taken.has(read)) continue
    match.set(truth, read)
    taken.add(read)
  }
  return match
}
