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
      .on(table.clusterId, table.articleId)
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

/**
 * Keeps others from grouping until the transaction ends, and has it find by index, however young the statistics are.
 * @param wait for whoever is grouping. @returns whether nobody else is.
 */
export async function lockClusters(db: Database, wait: boolean): Promise<boolean> {
  const taken = wait
    ? sql`pg_advisory_xact_lock(${CLUSTER_LOCK}::bigint) is not null`
    : sql`pg_try_advisory_xact_lock(${CLUSTER_LOCK}::bigint)`
  const [row] = await db.execute<{ taken: boolean }>(
    sql`select ${taken} as taken, set_config('enable_seqscan', 'off', true)`,
  )
  return row?.taken === true
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

export async function newClusterId(db: Database): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`select nextval('article_clusters')::text as id`)
  if (row === undefined) throw new Error('the sequence article_clusters gave no number')
  return Number(row.id)
}

/** Makes one cluster of several that turned out to be one. */
export async function mergeClusters(
  db: Database,
  formers: readonly number[],
  cluster: number,
): Promise<void> {
  await db.execute(sql`
    update article_signatures set cluster_id = ${cluster}
    where cluster_id in (select value::bigint from json_array_elements_text(${JSON.stringify(formers)}::json))`)
}

export async function saveCluster(
  db: Database,
  articleIds: readonly number[],
  cluster: number,
): Promise<void> {
  await db.execute(sql`
    update article_signatures set cluster_id = ${cluster}
    where article_id in (select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))`)
}
