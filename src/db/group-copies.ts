import { signatureOf } from '../normalise/text-signature.ts'
import {
  hasPendingSignatures,
  lockClusters,
  mergeClusters,
  newClusterId,
  saveCluster,
  saveSignatures,
  takePendingTexts,
} from './article-signatures.ts'
import type { Database } from './client.ts'
import { firstMembers, Kin, type SignedArticle } from './near-articles.ts'

/** Articles that are looked at in one transaction. */
export const BATCH = 50

/**
 * Puts new articles, and those whose text changed, into the clusters of articles that say nearly the same, on all
 * sites. What each takes does not grow with what is stored. Writes nothing when there is nothing to look at.
 */
export async function groupCopies(db: Database): Promise<void> {
  while ((await hasPendingSignatures(db)) && (await db.transaction((within) => groupBatch(within, true))));
}

/** A part of that, in between; nothing where somebody else is at it. */
export async function groupSomeCopies(db: Database): Promise<void> {
  await db.transaction((within) => groupBatch(within, false))
}

/** @returns whether there may be more. */
async function groupBatch(db: Database, wait: boolean): Promise<boolean> {
  if (!(await lockClusters(db, wait))) return false
  const pending = await takePendingTexts(db, BATCH)
  await saveSignatures(
    db,
    pending.map(({ articleId, text }) => ({ articleId, ...signatureOf(text) })),
  )
  const articleIds = pending.map(({ articleId }) => articleId)
  const kin = new Kin(db)
  await kin.readNear(articleIds)
  const queue = new Set(articleIds)
  // A set goes on to what is added on the way, and to an article once.
  for (const articleId of queue)
    for (const single of await groupArticle(db, kin, articleId)) queue.add(single)
  return pending.length === BATCH
}

/** @returns articles in no cluster that are like one which has joined one now: it may be theirs too. */
async function groupArticle(db: Database, kin: Kin, articleId: number): Promise<readonly number[]> {
  const alike = await kin.of(articleId)
  const singles = alike.filter(({ clusterId }) => clusterId === null).map((single) => single.articleId)
  const [oldest, ...others] = (await clustersOf(db, kin, articleId, alike)).toSorted((a, b) => a - b)
  if (oldest !== undefined) {
    if (others.length > 0) {
      await mergeClusters(db, others, oldest)
      kin.merge(others, oldest)
    }
    await join(db, kin, [articleId], oldest)
    return singles
  }
  if (singles.length > 0) await join(db, kin, [articleId, ...singles], await newClusterId(db))
  return []
}

async function join(db: Database, kin: Kin, articleIds: readonly number[], cluster: number): Promise<void> {
  await saveCluster(db, articleIds, cluster)
  kin.join(articleIds, cluster)
}

/**
 * The clusters that an article belongs to: it must be like a fifth of the first 20 members, for one likeness by chance
 * must not make two clusters one.
 */
async function clustersOf(
  db: Database,
  kin: Kin,
  articleId: number,
  alike: readonly SignedArticle[],
): Promise<readonly number[]> {
  const clusters = new Set(alike.flatMap(({ clusterId }) => clusterId ?? []))
  const own: number[] = []
  for (const cluster of clusters) {
    const members = await firstMembers(db, cluster, articleId)
    const likeIt = await kin.among(articleId, members)
    if (likeIt.length * 5 >= members.length) own.push(cluster)
  }
  return own
}
