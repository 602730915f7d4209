import { signatureOf } from '../normalise/text-signature.ts'
import {
  findLikeArticles,
  hasPendingSignatures,
  lockClusters,
  mergeClusters,
  newClusterId,
  saveCluster,
  saveSignatures,
  takePendingTexts,
} from './article-signatures.ts'
import type { Database } from './client.ts'

/** Articles that are looked at in one transaction. */
const BATCH = 100

/**
 * Puts new articles, and those whose text changed, into the clusters of articles that say nearly the same, on all
 * sites. What each takes does not grow with what is stored. Writes nothing when there is nothing to look at.
 */
export async function groupCopies(db: Database): Promise<void> {
  while ((await hasPendingSignatures(db)) && (await db.transaction(groupBatch)));
}

/** @returns whether there may be more. */
async function groupBatch(db: Database): Promise<boolean> {
  await lockClusters(db)
  const pending = await takePendingTexts(db, BATCH)
  const signatures = pending.map(({ articleId, text }) => ({ articleId, ...signatureOf(text) }))
  await saveSignatures(db, signatures)
  const queue = new Set(pending.map(({ articleId }) => articleId))
  // A set goes on to what is added on the way, and to an article once.
  for (const articleId of queue) for (const single of await groupArticle(db, articleId)) queue.add(single)
  return pending.length === BATCH
}

/** @returns articles in no cluster that are like one which has joined one now: it may be theirs too. */
async function groupArticle(db: Database, articleId: number): Promise<readonly number[]> {
  const { clusters, singles } = await findLikeArticles(db, articleId)
  const [oldest, ...others] = clusters.toSorted((a, b) => a - b)
  if (oldest !== undefined) {
    if (others.length > 0) await mergeClusters(db, others, oldest)
    await saveCluster(db, [articleId], oldest)
    return singles
  }
  if (singles.length > 0) await saveCluster(db, [articleId, ...singles], await newClusterId(db))
  return []
}
