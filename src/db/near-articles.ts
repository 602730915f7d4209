import { type SQL, sql } from 'drizzle-orm'
import { isLike, type TextSignature } from '../normalise/text-signature.ts'
import type { Database } from './client.ts'

/** What an article is known by when it is compared with others. */
export interface SignedArticle extends TextSignature {
  readonly articleId: number
  readonly contentHash: string
  /** Null for an article in no cluster. */
  readonly clusterId: number | null
}

/** The signatures of these articles; an article whose text has not been looked at is like no text of words. */
async function readSignatures(
  db: Database,
  articleIds: readonly number[],
): Promise<readonly SignedArticle[]> {
  const [row] = await db.execute<{ signed: readonly SignedArticle[] | null }>(signaturesOf(articleIds))
  return row?.signed ?? []
}

export function signaturesOf(articleIds: readonly number[]): SQL {
  return sql`
    select json_agg(json_build_object('articleId', s.article_id, 'contentHash', a.content_hash,
      'clusterId', s.cluster_id, 'sketch', coalesce(s.sketch, '{}'), 'figures', coalesce(s.figures, '{}'))) as signed
    from article_signatures s join articles a on a.id = s.article_id
    where s.article_id in (select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))`
}

/**
 * Which articles each of these may be like, itself among them: those that share a place of the sketch, and those that
 * say the same to the letter.
 */
export async function findNear(
  db: Database,
  articleIds: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await db.execute<{ id: string; near: readonly number[] | null }>(nearArticles(articleIds))
  return new Map(rows.map(({ id, near }) => [Number(id), near ?? []]))
}

/**
 * Each of the first 20 places of a sketch is looked up by itself, and at most 20 articles are taken for it: so what a
 * lookup takes does not grow with what is stored, and a passage that a site puts under every article crowds out nothing
 * but itself.
 */
export function nearArticles(articleIds: readonly number[]): SQL {
  return sql`
    select mine.article_id::text as id, (
      select json_agg(distinct near.article_id) from (
        select o.article_id from unnest(mine.sketch[1:20]) as band
        cross join lateral (
          select s.article_id from article_signatures s where s.sketch[1:20] @> array[band] limit ${CROWD}::int
        ) o
        union all
        select o.id from (
          select a.id from articles a
          where mine.has_text and a.content_hash = mine.content_hash limit ${CROWD}::int
        ) o
      ) near
    ) as near
    from (
      select s.article_id, s.sketch, a.content_hash, a.body_text <> '' as has_text
      from article_signatures s join articles a on a.id = s.article_id
      where s.article_id in (select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))
    ) mine`
}

/** Articles that are looked at for one place of a sketch, the article itself among them. */
const CROWD = 21

/** The first 20 members of a cluster, but for an article itself. */
export async function firstMembers(db: Database, clusterId: number, but: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select article_id::text as id from article_signatures where cluster_id = ${clusterId} and article_id <> ${but}
    order by article_id limit ${CROWD - 1}::int`)
  return rows.map(({ id }) => Number(id))
}

/** Which articles are like which. Their signatures are read once, and their clusters are kept as they become. */
export class Kin {
  readonly #db: Database
  readonly #signed = new Map<number, SignedArticle>()
  readonly #near = new Map<number, readonly number[]>()

  constructor(db: Database) {
    this.#db = db
  }

  /** Looks up many articles at once. */
  async readNear(articleIds: readonly number[]): Promise<void> {
    for (const [articleId, near] of await findNear(this.#db, articleIds)) this.#near.set(articleId, near)
    await this.#readSignatures([...this.#near.values()].flat())
  }

  async of(articleId: number): Promise<readonly SignedArticle[]> {
    if (!this.#near.has(articleId)) await this.readNear([articleId])
    return this.among(articleId, this.#near.get(articleId) ?? [])
  }

  /** Those of some articles that one is like. */
  async among(articleId: number, others: readonly number[]): Promise<readonly SignedArticle[]> {
    await this.#readSignatures([articleId, ...others])
    const mine = this.#signed.get(articleId)
    const alike: SignedArticle[] = []
    if (mine === undefined) return alike
    for (const other of others) {
      const signed = this.#signed.get(other)
      if (signed !== undefined && signed !== mine && saysNearlyTheSame(mine, signed)) alike.push(signed)
    }
    return alike
  }

  join(articleIds: readonly number[], clusterId: number): void {
    for (const articleId of articleIds) {
      const signed = this.#signed.get(articleId)
      if (signed !== undefined) this.#signed.set(articleId, { ...signed, clusterId })
    }
  }

  merge(formers: readonly number[], cluster: number): void {
    const moved = [...this.#signed.values()].filter(({ clusterId }) => formers.includes(clusterId ?? -1))
    this.join(
      moved.map(({ articleId }) => articleId),
      cluster,
    )
  }

  async #readSignatures(articleIds: readonly number[]): Promise<void> {
    const missing = [...new Set(articleIds)].filter((articleId) => !this.#signed.has(articleId))
    if (missing.length === 0) return
    for (const signed of await readSignatures(this.#db, missing)) this.#signed.set(signed.articleId, signed)
  }
}

/** Texts that are too short to tell are known by their content. */
const saysNearlyTheSame = (one: SignedArticle, other: SignedArticle): boolean =>
  one.contentHash === other.contentHash || isLike(one, other)
