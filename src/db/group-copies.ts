import { signatureOf } from '../normalise/text-signature.ts'
import {
  findLikeArticles,
  hasPendingSignatures,
  type Likeness,
  lockClusters,
  mergeClusters,
  newClusterIds,
  saveClusters,
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
  await saveSignatures(
    db,
    pending.map(({ articleId, text }) => ({ articleId, ...signatureOf(text) })),
  )
  const likenesses = await findLikeArticles(
    db,
    pending.map(({ articleId }) => articleId),
  )
  const groups = groupsOf(likenesses)
  const fresh = await newClusterIds(db, groups.filter(({ clusters }) => clusters.length === 0).length)
  const named = groups.map(({ articles, clusters }) => {
    const cluster = clusters.length === 0 ? fresh.pop() : Math.min(...clusters)
    if (cluster === undefined) throw new RangeError('too few numbers for the new clusters')
    return { articles, clusters, cluster }
  })
  await mergeClusters(
    db,
    named.flatMap(({ clusters, cluster }) =>
      clusters.filter((former) => former !== cluster).map((former) => ({ former, cluster })),
    ),
  )
  await saveClusters(
    db,
    named.flatMap(({ articles, cluster }) => articles.map((articleId) => ({ articleId, cluster }))),
  )
  return pending.length === BATCH
}

export interface Group {
  readonly articles: readonly number[]
  /** Clusters that are one now. */
  readonly clusters: readonly number[]
}

/** Articles and clusters that hang together, however many steps apart. */
export function groupsOf(likenesses: readonly Likeness[]): Group[] {
  const groupOf = new Map<string, { articles: Set<number>; clusters: Set<number> }>()
  const join = (...names: readonly string[]) => {
    const joined = { articles: new Set<number>(), clusters: new Set<number>() }
    for (const name of names) {
      const group = groupOf.get(name)
      for (const article of group?.articles ?? []) joined.articles.add(article)
      for (const cluster of group?.clusters ?? []) joined.clusters.add(cluster)
    }
    return joined
  }
  for (const { articleId, otherId, otherCluster } of likenesses) {
    const names = [`article ${articleId}`, `article ${otherId}`]
    if (otherCluster !== null) names.push(`cluster ${otherCluster}`)
    const group = join(...names)
    group.articles.add(articleId).add(otherId)
    if (otherCluster !== null) group.clusters.add(otherCluster)
    for (const article of group.articles) groupOf.set(`article ${article}`, group)
    for (const cluster of group.clusters) groupOf.set(`cluster ${cluster}`, group)
  }
  return [...new Set(groupOf.values())].map(({ articles, clusters }) => ({
    articles: [...articles],
    clusters: [...clusters],
  }))
}
