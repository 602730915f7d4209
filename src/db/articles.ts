import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { Article } from '../extractors/article/article.ts'
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
    /** Of the page as it was read last, where reading it again under the same key would bring what is held. */
    readingKey: text('reading_key'),
    goneAt: moment('gone_at'),
    duplicateOf: bigint('duplicate_of', { mode: 'number' }),
  },
  (table) => [
    unique('articles_site_id_url_hash_key').on(table.siteId, table.urlHash),
    index('articles_native_id_idx').on(table.siteId, table.nativeId),
    index('articles_published_at_idx').on(table.siteId, table.publishedAt),
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
  /** As `PageToSave` has it. */
  readonly readingKey: string | null
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
  const { siteId, urlHash, article, seenAt, readingKey } = row
  const moments = { firstSeenAt: seenAt, changedAt: seenAt, checkedAt: seenAt }
  const json = JSON.stringify([
    {
      siteId,
      url: article.canonicalUrl,
      urlHash,
      revision: 1,
      revisionCause: 'site',
      ...contentColumns(row),
      ...moments,
      readingKey,
    },
  ])
  return sql`
    insert into articles (${inserted.columns})
    select ${inserted.values} from json_to_recordset(${json}::json) as r(${inserted.shape})
    where ${condition} on conflict do nothing returning id, language`
}

/** The page was looked at, and nothing of it is taken. */
export async function touchOnly(
  db: Database,
  id: number,
  { seenAt, readingKey }: Pick<ArticleRow, 'seenAt' | 'readingKey'>,
): Promise<void> {
  await db
    .update(articles)
    .set({ checkedAt: seenAt, goneAt: null, readingKey })
    .where(sql`${articles.id} = ${id}`)
}

/**
 * The page was looked at and its text is what it was. What stands around the text (authors, tags, times)
 * is taken as it is now; a known time of publication stays, for "2 hours ago" gives another one each time.
 */
export async function touchArticle(db: Database, id: number, row: ArticleRow): Promise<void> {
  const content = contentColumns(row)
  const publishedAt = sql`coalesce(${articles.publishedAt}, ${sql.param(content.publishedAt, articles.publishedAt)})`
  const { publishedAt: _told, ...others } = content
  await db
    .update(articles)
    .set({ ...others, publishedAt })
    .where(
      sql`${articles.id} = ${id} and (${articles.publishedAt} is distinct from ${publishedAt} or ${differs(others)})`,
    )
  await touchOnly(db, id, row)
}

type Content = ReturnType<typeof contentColumns>

/** A long text that is written anew would be indexed anew, even the same one: so nothing is written that is held. */
function differs(content: Omit<Content, 'publishedAt'>): SQL {
  const given: Readonly<Record<string, unknown>> = content
  const columns = Object.entries(getTableColumns(articles)).filter(([key]) => key in given)
  const conditions = columns.map(
    ([key, column]) => sql`${column} is distinct from ${sql.param(given[key], column)}`,
  )
  return sql.join(conditions, sql` or `)
}

/** What is held of the article was read elsewhere than on its page as it is, which is to be read when it is looked at. */
export async function forgetReading(db: Database, articleId: number): Promise<void> {
  await db
    .update(articles)
    .set({ readingKey: null })
    .where(sql`${articles.id} = ${articleId} and ${articles.readingKey} is not null`)
}

/** Whether the text that is held is longer than one that lacks a part. */
export async function holdsMoreText(db: Database, id: number, bodyText: string): Promise<boolean> {
  const rows = await db
    .select({ id: articles.id })
    .from(articles)
    .where(sql`${articles.id} = ${id} and length(${articles.bodyText}) > length(${bodyText}::text)`)
  return rows.length > 0
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
