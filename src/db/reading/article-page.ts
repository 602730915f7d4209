import { sql } from 'drizzle-orm'
import type { FieldRule } from '../../extractors/article/article.ts'
import { articleRevisions } from '../article-revisions.ts'
import { articleVisits } from '../article-checks.ts'
import { articles } from '../articles.ts'
import type { Database } from '../client.ts'
import { threads } from '../threads.ts'
import { milliseconds } from './moments.ts'

const shown = {
  id: articles.id,
  siteId: articles.siteId,
  url: articles.url,
  urlHash: articles.urlHash,
  title: articles.title,
  subtitle: articles.subtitle,
  authors: articles.authors,
  section: articles.section,
  tags: articles.tags,
  language: articles.language,
  publishedAt: articles.publishedAt,
  modifiedAt: articles.modifiedAt,
  bodyText: articles.bodyText,
  imageUrl: articles.imageUrl,
  rules: articles.rules,
  revision: articles.revision,
  firstSeenAt: articles.firstSeenAt,
  changedAt: articles.changedAt,
  checkedAt: articles.checkedAt,
  nextCheckAt: articleVisits.nextCheckAt,
  goneAt: articles.goneAt,
  duplicateOf: articles.duplicateOf,
}

export type HeldArticle = NonNullable<Awaited<ReturnType<typeof readArticle>>>

/** An article as it is held, without its HTML. */
export async function readArticle(db: Database, id: number) {
  const [row] = await db
    .select(shown)
    .from(articles)
    .leftJoin(articleVisits, sql`${articleVisits.articleId} = ${articles.id}`)
    .where(sql`${articles.id} = ${id}`)
  return row === undefined ? null : { ...row, rules: row.rules as Readonly<Record<string, FieldRule>> }
}

/** The article that is held under an address of a site, as its hash; null when none is. */
export async function findArticleId(db: Database, siteId: string, hash: string): Promise<number | null> {
  const rows = await db.execute<{ id: number }>(sql`
    select id::float8 as id from articles where site_id = ${siteId} and url_hash = ${hash}
    union all select article_id::float8 from article_urls where site_id = ${siteId} and url_hash = ${hash} limit 1`)
  return rows[0]?.id ?? null
}

/** Former versions, newest first. */
export async function readArticleVersions(db: Database, articleId: number) {
  const { revision, title, bodyText, seenAt, cause } = articleRevisions
  return db
    .select({ revision, title, bodyText, seenAt, cause })
    .from(articleRevisions)
    .where(sql`${articleRevisions.articleId} = ${articleId}`)
    .orderBy(sql`${revision} desc`)
    .limit(MOST_VERSIONS)
}

const MOST_VERSIONS = 20

export type HeldThread = Awaited<ReturnType<typeof readThreads>>[number]

/** The threads under an article, the longest first. */
export async function readThreads(db: Database, articleId: number) {
  const { id, platform, nativeId, reportedCount, collectedCount, complete, incompleteReason, closed } =
    threads
  const { checkedAt, nextCheckAt } = threads
  return db
    .select({
      id,
      platform,
      nativeId,
      reportedCount,
      collectedCount,
      complete,
      incompleteReason,
      closed,
      checkedAt,
      nextCheckAt,
    })
    .from(threads)
    .where(sql`${threads.articleId} = ${articleId}`)
    .orderBy(sql`${collectedCount} desc, ${id}`)
}

export interface StoredPage {
  readonly id: number
  readonly kind: string
  readonly url: string
  readonly fetchedAt: Date
  readonly status: number
  /** Octets of the body as it is stored, compressed. */
  readonly octets: number
}

/** The stored pages of a request, newest first. */
export async function readStoredPages(
  db: Database,
  siteId: string,
  requestHash: string,
  limit: number,
): Promise<StoredPage[]> {
  const rows = await db.execute<Omit<StoredPage, 'fetchedAt'> & { fetched: number }>(sql`
    select id::float8 as id, kind, url, status, octet_length(body) as octets, ${milliseconds(sql`fetched_at`)} as fetched
    from captures where site_id = ${siteId} and url_hash = ${requestHash}
    order by fetched_at desc, id desc limit ${limit}`)
  return rows.map(({ fetched, ...page }) => ({ ...page, fetchedAt: new Date(fetched) }))
}
