import { type SQL, sql } from 'drizzle-orm'
import { index, integer, pgSequence, pgTable } from 'drizzle-orm/pg-core'
import type { TextSignature } from '../normalise/text-signature.ts'
import { articles } from './articles.ts'
import type { Database } from './client.ts'
import { reference } from './columns.ts'

/** Numbers of clusters; they are never used again. */
export const articleClusters = pgSequence('article_clusters')

/** What the text of each article is like, and the cluster of articles with nearly the same text. */
export const articleSignatures = pgTable(
  'article_signatures',
  {
    articleId: reference('article_id')
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    /** Null until the text, or its newest version, has been looked at; empty when it is too short to tell. */
    sketch: integer('sketch').array(),
    figures: integer('figures').array(),
    clusterId: reference('cluster_id'),
  },
  (table) => [
    // Kept up to date at once, for the list of what is pending would be read by every lookup.
    index('article_signatures_bands_idx')
      .using('gin', sql`(sketch[1:20])`)
      .with({ fastupdate: false }),
    index('article_signatures_pending_idx')
      .on(table.articleId)
      .where(sql`${table.sketch} is null`),
    index('article_signatures_cluster_id_idx')
      .on(table.clusterId)
      .where(sql`${table.clusterId} is not null`),
  ],
)

/** Has a new article looked at, beside `article`, which holds the new id. */
export function newSignatureInsert(): SQL {
  return sql`insert into article_signatures (article_id) select id from article`
}

/** Has an article looked at again, for its text is another now. */
export async function outdateSignature(db: Database, articleId: number): Promise<void> {
  await db
    .update(articleSignatures)
    .set({ sketch: null })
    .where(sql`${articleSignatures.articleId} = ${articleId}`)
}

export async function hasPendingSignatures(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ pending: boolean }>(
    sql`select exists (select from article_signatures where sketch is null) as pending`,
  )
  return row?.pending === true
}

/** An arbitrary key of our own: of two that group at once each would miss what the other finds. */
const CLUSTER_LOCK = 7_261_002

/** Keeps others from grouping until the transaction ends, and has it find by index, however young the statistics are. */
export async function lockClusters(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${CLUSTER_LOCK}::bigint)`)
  await db.execute(sql`set local enable_seqscan = off`)
}

export interface PendingText {
  readonly articleId: number
  /** The first 200,000 characters. */
  readonly text: string
}

/** Texts that have not been looked at; one that is being changed at this moment is left for the next time. */
export async function takePendingTexts(db: Database, most: number): Promise<PendingText[]> {
  const rows = await db.execute<{ id: string; text: string }>(sql`
    select a.id::text as id, left(a.body_text, 200000) as text
    from article_signatures s join articles a on a.id = s.article_id
    where s.sketch is null order by s.article_id limit ${most}::int
    for no key update of s, a skip locked`)
  return rows.map(({ id, text }) => ({ articleId: Number(id), text }))
}

/** Writes what texts are like; what their former versions were like tells nothing of clusters any more. */
export async function saveSignatures(
  db: Database,
  signatures: readonly (TextSignature & { readonly articleId: number })[],
): Promise<void> {
  await db.execute(sql`
    update article_signatures s set sketch = r.sketch, figures = r.figures, cluster_id = null
    from json_to_recordset(${JSON.stringify(signatures)}::json)
      as r("articleId" bigint, sketch integer[], figures integer[])
    where s.article_id = r."articleId"`)
}

/** Two articles that say nearly the same. */
export interface Likeness {
  readonly articleId: number
  readonly otherId: number
  readonly otherCluster: number | null
}

/**
 * Finds articles that are like these. Each of the first 20 places of a sketch is looked up by itself, and at most 20
 * articles are taken for it: so what a lookup takes does not grow with what is stored, and a passage that a site puts
 * under every article crowds out nothing but itself. Reports that are written to one pattern share words but not numbers:
 * two thirds of the numbers of the text that has fewer must be in the other. Articles with one content hash are alike
 * however short.
 */
export async function findLikeArticles(db: Database, articleIds: readonly number[]): Promise<Likeness[]> {
  const rows = await db.execute<{ id: string; other: string; cluster: string | null }>(sql`
    with mine as materialized (
      select s.article_id, s.sketch, s.figures, a.content_hash, a.body_text <> '' as has_text
      from json_array_elements_text(${JSON.stringify(articleIds)}::json) as wanted
      join article_signatures s on s.article_id = wanted::bigint
      join articles a on a.id = s.article_id
    ), shared as (
      select distinct m.article_id, m.sketch, m.figures, o.article_id as other_id
      from mine m
      cross join lateral unnest(m.sketch[1:20]) as band
      cross join lateral (
        select s.article_id from article_signatures s where s.sketch[1:20] @> array[band] limit ${CROWD}::int
      ) o
      where o.article_id <> m.article_id
    ), alike as (
      select s.article_id, s.other_id from shared s join article_signatures o on o.article_id = s.other_id
      where (
        select count(*) from unnest(s.sketch, o.sketch) as pair(mine, theirs) where mine = theirs
      ) >= ${FEWEST_SHARED}::int and (
        select count(*) * 3 >= least(cardinality(s.figures), cardinality(o.figures)) * 2
        from unnest(s.figures) as figure where figure = any(o.figures)
      )
      union
      select m.article_id, o.id from mine m
      cross join lateral (
        select a.id from articles a where a.content_hash = m.content_hash limit ${CROWD}::int
      ) o
      where m.has_text and o.id <> m.article_id
    )
    select alike.article_id::text as id, alike.other_id::text as other, o.cluster_id::text as cluster
    from alike join article_signatures o on o.article_id = alike.other_id`)
  return rows.map(({ id, other, cluster }) => ({
    articleId: Number(id),
    otherId: Number(other),
    otherCluster: cluster === null ? null : Number(cluster),
  }))
}

/** Articles that are looked at for one place of a sketch, the article itself among them. */
const CROWD = 21

/** Of 64 places, how many two texts must agree on: about an eighth in common. `npm run bench -- duplicates` judges it. */
const FEWEST_SHARED = 8

export async function newClusterIds(db: Database, count: number): Promise<number[]> {
  if (count === 0) return []
  const rows = await db.execute<{ id: string }>(
    sql`select nextval('article_clusters')::text as id from generate_series(1, ${count}::int)`,
  )
  return rows.map(({ id }) => Number(id))
}

/** Makes one cluster of several that turned out to hang together. */
export async function mergeClusters(
  db: Database,
  merges: readonly { readonly former: number; readonly cluster: number }[],
): Promise<void> {
  if (merges.length === 0) return
  await db.execute(sql`
    update article_signatures s set cluster_id = r.cluster
    from json_to_recordset(${JSON.stringify(merges)}::json) as r(former bigint, cluster bigint)
    where s.cluster_id = r.former`)
}

export async function saveClusters(
  db: Database,
  members: readonly { readonly articleId: number; readonly cluster: number }[],
): Promise<void> {
  if (members.length === 0) return
  await db.execute(sql`
    update article_signatures s set cluster_id = r.cluster
    from json_to_recordset(${JSON.stringify(members)}::json) as r("articleId" bigint, cluster bigint)
    where s.article_id = r."articleId" and s.cluster_id is distinct from r.cluster`)
}
