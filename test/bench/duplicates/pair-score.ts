export interface PairScore {
  /** Share of the pairs that stand in one cluster which are of one family. */
  readonly precision: number
  /** Share of the pairs of one family that stand in one cluster. */
  readonly recall: number
}

/** Compares clusters with the families that members come from, pair by pair. */
export function pairScore(
  members: readonly { readonly family: string; readonly cluster: number | null }[],
): PairScore {
  const together = members.filter(({ cluster }) => cluster !== null)
  const right = pairsIn(together.map(({ family, cluster }) => `${cluster} ${family}`))
  const found = pairsIn(together.map(({ cluster }) => String(cluster)))
  const wanted = pairsIn(members.map(({ family }) => family))
  return { precision: found === 0 ? 1 : right / found, recall: wanted === 0 ? 1 : right / wanted }
}

/** Pairs of equal names. */
function pairsIn(names: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
}
