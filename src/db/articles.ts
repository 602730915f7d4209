import { type SQL, sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { Article } from '../extractors/article/article.ts'
import { isReserved } from './captures.ts'
import type { Database } from './client.ts'
import { identity, moment, revisionCause } from './columns.ts'
import { jsonRows } from './json-rows.ts'
import { sites } from './sites.ts'

export const articles = pgTable(
  'articles',
  {
    id: identity(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    url: text('url').notNull(),
    urlHash: text('url_hash').notNull(),
    nativeId: text('native_id'),
    title: text('title'),
    subtitle: text('subtitle'),
    authors: text('authors').array().notNull(),
    section: text('section'),
    tags: text('tags').array().notNull(),
    language: text('language'),
    publishedAt: moment('published_at'),
    modifiedAt: moment('modified_at'),
    bodyText: text('body_text').notNull(),
    bodyHtml: text('body_html').notNull(),
    excerpt: text('excerpt'),
    imageUrl: text('image_url'),
    rules: jsonb('rules').$type<Article['rules']>().notNull(),
    contentHash: text('content_hash').notNull(),
    revision: integer('revision').notNull().default(1),
    revisionCause: revisionCause('revision_cause'),
    extractorVersion: text('extractor_version').notNull(),
    firstSeenAt: moment('first_seen_at').notNull(),
    changedAt: moment('changed_at').notNull(),
    checkedAt: moment('checked_at').notNull(),
    nextCheckAt: moment('next_check_at'),
    goneAt: moment('gone_at'),
    duplicateOf: bigint('duplicate_of', { mode: 'number' }),
  },
  (table) => [
    unique('articles_site_id_url_hash_key').on(table.siteId, table.urlHash),
    index('articles_native_id_idx').on(table.siteId, table.nativeId),
    index('articles_published_at_idx').on(table.siteId, table.publishedAt),
    index('articles_next_check_at_idx').on(table.siteId, table.nextCheckAt),
    index('articles_content_hash_idx').on(table.contentHash),
    index('articles_words_idx').using('gin', sql`article_words(language, title, subtitle, body_text)`),
  ],
)

export interface KnownArticle {
  readonly id: number
  readonly url: string
  readonly contentHash: string
  readonly revision: number
  readonly firstSeenAt: Date
  readonly changedAt: Date
  readonly goneAt: Date | null
  /** The rule that gave the text. */
  readonly bodyRule: string | null
  readonly bodyLength: number
}

const known = {
  id: articles.id,
  url: articles.url,
  contentHash: articles.contentHash,
  firstSeenAt: articles.firstSeenAt,
  revision: articles.revision,
  changedAt: articles.changedAt,
  goneAt: articles.goneAt,
  bodyRule: sql<string | null>`${articles.rules}->>'body'`,
  bodyLength: sql<number>`length(${articles.bodyText})`,
}

export async function findArticle(db: Database, siteId: string, hash: string): Promise<KnownArticle | null> {
  const rows = await db
    .select(known)
    .from(articles)
    .where(sql`${articles.siteId} = ${siteId} and ${articles.urlHash} = ${hash}`)
  return rows[0] ?? null
}

/** What is written of an article besides what its page says. */
export interface ArticleRow {
  readonly siteId: string
  readonly urlHash: string
  readonly article: Article
  readonly contentHash: string
  readonly extractorVersion: string
  readonly seenAt: Date
  readonly nextCheckAt: Date
}

export function contentColumns({ article, contentHash, extractorVersion }: ArticleRow) {
  return {
    nativeId: article.nativeId,
    title: article.title,
    subtitle: article.subtitle,
    authors: [...article.authors],
    section: article.section,
    tags: [...article.tags],
    language: article.language,
    publishedAt: article.publishedAt,
    modifiedAt: article.modifiedAt,
    bodyText: article.bodyText,
    bodyHtml: article.bodyHtml,
    excerpt: article.excerpt,
    imageUrl: article.imageUrl,
    rules: article.rules,
    contentHash,
    extractorVersion,
  }
}

const inserted = jsonRows(articles, {}, ['id'])

/**
 * Inserts an article, and gives its id and language. Gives no row when its address is held already.
 * @param condition under which it is inserted.
 */
export function articleInsert(row: ArticleRow, condition: SQL): SQL {
  const { siteId, urlHash, article, seenAt, nextCheckAt } = row
  const moments = { firstSeenAt: seenAt, changedAt: seenAt, checkedAt: seenAt, nextCheckAt }
  const json = JSON.stringify([
    {
      siteId,
      url: article.canonicalUrl,
      urlHash,
      revision: 1,
      revisionCause: 'site',
      ...contentColumns(row),
      ...moments,
    },
  ])
  return sql`
    insert into articles (${inserted.columns})
    select ${inserted.values} from json_to_recordset(${json}::json) as r(${inserted.shape})
    where ${condition} on conflict do nothing returning id, language`
}

/**
 * The page was looked at and its text is what it was. What stands around the text (authors, tags, times)
 * is taken as it is now; a known time of publication stays, for "2 hours ago" gives another one each time.
 */
export async function touchArticle(db: Database, id: number, row: ArticleRow): Promise<void> {
  const publishedAt = row.article.publishedAt?.toISOString() ?? null
  await db
    .update(articles)
    .set({
      ...contentColumns(row),
      publishedAt: sql`coalesce(${articles.publishedAt}, ${publishedAt}::timestamptz)`,
      checkedAt: row.seenAt,
      nextCheckAt: row.nextCheckAt,
      goneAt: null,
    })
    .where(sql`${articles.id} = ${id}`)
}

/** Whether the text that is held is longer than one that lacks a part. */
export async function holdsMoreText(db: Database, id: number, bodyText: string): Promise<boolean> {
  const rows = await db
    .select({ id: articles.id })
    .from(articles)
    .where(sql`${articles.id} = ${id} and length(${articles.bodyText}) > length(${bodyText}::text)`)
  return rows.length > 0
}

/** The page was looked at, and nothing of it is taken. */
export async function touchOnly(db: Database, id: number, row: ArticleRow): Promise<void> {
  await db
    .update(articles)
    .set({ checkedAt: row.seenAt, nextCheckAt: row.nextCheckAt, goneAt: null })
    .where(sql`${articles.id} = ${id}`)
}

/**
 * Whether the article `a` was looked at in a time that is yet to come: the clock was put back since, and what it was
 * to be looked at by then counts no more. Clocks of several machines may be some minutes apart.
 */
export const isOfOtherClock = (at: SQL): SQL => sql`a.checked_at > ${at} + interval '1 day'`

/** Articles of a site that are due by either clock and may be asked for, longest overdue first. */
export async function findDueUrls(db: Database, siteId: string, now: Date, limit: number): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const rows = await db.execute<{ url: string }>(sql`
    select a.url from articles a
    left join (select article_id, min(next_check_at) as next from threads group by article_id) t on t.article_id = a.id
    where a.site_id = ${siteId} and a.gone_at is null
      and (least(a.next_check_at, t.next) <= ${at} or ${isOfOtherClock(at)}) and not ${isReserved(at)}
    order by least(a.next_check_at, t.next) limit ${limit}`)
  return rows.map((row) => row.url)
}

/**
 * The publisher took the page away; what it said is kept. It is looked for once a day, should it come back.
 * @param hash of any of the article's addresses. @returns whether the article is held.
 */
export async function markArticleGone(
  db: Database,
  siteId: string,
  hash: string,
  at: Date,
): Promise<boolean> {
  const moment = sql`${at.toISOString()}::timestamptz`
  const marked = await db.execute(sql`
    update articles set gone_at = coalesce(gone_at, ${moment}), checked_at = ${moment},
      next_check_at = ${moment} + interval '1 day'
    where site_id = ${siteId} and (url_hash = ${hash} or id in (
      select article_id from article_urls where site_id = ${siteId} and url_hash = ${hash}))
    returning id`)
  return marked.length > 0
}

/**
 * Points the copies of one article on the language hosts of a family at the one in the source language.
 * The copies carry the same native id.
 */
export async function linkFamily(db: Database, articleId: number): Promise<void> {
  await db.execute(sql`
    update articles copy set duplicate_of = origin.id
    from articles this
    join sites this_site on this_site.id = this.site_id
    join sites origin_site on origin_site.family = this_site.family and origin_site.is_family_source
    join articles origin on origin.site_id = origin_site.id and origin.native_id = this.native_id
    join sites copy_site on copy_site.family = this_site.family and not copy_site.is_family_source
    where this.id = ${articleId} and copy.site_id = copy_site.id and copy.native_id = this.native_id
      and copy.duplicate_of is distinct from origin.id`)
}
