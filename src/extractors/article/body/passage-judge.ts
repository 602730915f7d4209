import { isLikely } from './decision-trees.ts'
import type { Findings } from './findings.ts'
import { giveUpOtherArticles } from './other-articles.ts'
import { PassageFeatures } from './passage-features.ts'
import { passageModel } from './passage-model.ts'
import { PassageTree } from './passage-tree.ts'
import type { PageOutline } from '../page-outline.ts'

/** A paragraph that is lost costs more than one too many. */
export const leastLikely = 0.45
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
  let length = 0
  for (const [place, passage] of tree.passages.entries()) {
    if (features.isHopeless(passage)) {
      features.pass(passage)
      continue
    }
    if (!isLikely(passageModel, features.next(passage, place), leastLikely)) continue
    kept[passage.index] = 1
    length += passage.flowText
    if (length > longestText) break
  }
  giveUpOtherArticles(blocks, kept, findings.headline)
  return kept
}
