import { keepAmongKept, keepTablesWhole } from './agreement.ts'
import { reachedSteps } from './decision-trees.ts'
import type { Findings } from './findings.ts'
import { giveUpOtherArticles } from './other-articles.ts'
import { PassageFeatures } from './passage-features.ts'
import { passageModel } from './passage-model.ts'
import { PassageTree } from './passage-tree.ts'
import { giveUpPullQuotes } from './pull-quotes.ts'
import { giveUpRepeated } from './repeated-text.ts'
import type { Block, PageOutline } from '../page-outline.ts'

/** A paragraph that is lost costs more than one too many; less is asked of one among others that are kept. */
export const leastLikely = { amongKept: 0.3, alone: 0.45 } as const
const steps = [leastLikely.amongKept, leastLikely.alone]
/** Columns of text from which on no more is kept of an article, however much there is. */
const longestText = 1_000_000

/**
 * Judges each passage of a page by a model that was trained on real pages, with what the rules found as its
 * strongest evidence; docs/benchmarks.md tells how it is trained and how good it is.
 * @returns 1 by the index of a passage's block where it belongs to the article.
 */
export function judgePassages({ blocks }: PageOutline, findings: Findings): Uint8Array {
  const tree = new PassageTree(blocks)
  const features = new PassageFeatures(tree, findings)
  const kept = new Uint8Array(blocks.length)
  const doubtful = new Uint8Array(blocks.length)
  const judged: Block[] = []
  let length = 0
  for (const [place, passage] of tree.passages.entries()) {
    if (features.isHopeless(passage)) {
      features.pass(passage)
      continue
    }
    judged.push(passage)
    const reached = reachedSteps(passageModel, features.next(passage, place), steps)
    doubtful[passage.index] = reached === 1 ? 1 : 0
    if (reached < steps.length) continue
    kept[passage.index] = 1
    length += passage.flowText
    if (length > longestText) break
  }
  reviewJudged(tree, { judged, doubtful, headline: findings.headline }, kept)
  return kept
}

interface Judged {
  /** Passages that were judged, in page order. */
  readonly judged: readonly Block[]
  /** 1 by the index of a passage's block where it was almost judged to belong. */
  readonly doubtful: Uint8Array
  /** Index of the headline's block; -1 when there is none. */
  readonly headline: number
}

/**
 * What shows only where all passages are judged: neighbours, tables, other articles, what comes twice.
 * @param kept 1 by the index of a passage's block where it was judged to belong to the article; changed.
 */
export function reviewJudged(
  tree: PassageTree,
  { judged, doubtful, headline }: Judged,
  kept: Uint8Array,
): void {
  keepAmongKept(judged, doubtful, kept)
  keepTablesWhole(tree.blocks, judged, kept)
  giveUpOtherArticles(tree.blocks, kept, headline)
  giveUpRepeated(tree, kept)
  giveUpPullQuotes(tree, kept)
}
