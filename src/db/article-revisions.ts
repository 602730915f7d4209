import { sql } from 'drizzle-orm'
import { integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { outdateSignature } from './article-signatures.ts'
import { type ArticleRow, articles, contentColumns, type KnownArticle, touchOnly } from './articles.ts'
import type { Database } from './client.ts'
import { moment, reference, type RevisionCause, revisionCause } from './columns.ts'

export const articleRevisions = pgTable(
  'article_revisions',
  {
    articleId: reference('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    title: text('title'),
    bodyText: text('body_text').notNull(),
    contentHash: text('content_hash').notNull(),
    seenAt: moment('seen_at').notNull(),
    extractorVersion: text('extractor_version').notNull(),
    cause: revisionCause('cause'),
  },
  (table) => [unique('article_revisions_key').on(table.articleId, table.revision)],
)

/** Keeps the version that is held as a revision, before another text takes its place. */
export async function keepArticleRevision(db: Database, id: number): Promise<void> {
  await db.execute(sql`
    insert into article_revisions
      (article_id, revision, title, body_text, content_hash, seen_at, extractor_version, cause)
    select id, revision, title, body_text, content_hash, changed_at, extractor_version, revision_cause
    from articles where id = ${id}`)
  await outdateSignature(db, id)
}

/** Keeps the version that is held as a revision, and puts the new one in its place. */
export async function reviseArticle(
  db: Database,
  before: KnownArticle,
  row: ArticleRow,
  cause: RevisionCause,
): Promise<void> {
  await keepArticleRevision(db, before.id)
  await db
    .update(articles)
    .set({
      ...contentColumns(row),
      revision: before.revision + 1,
      revisionCause: cause,
      // What the site showed is as old as it was; only our reading of it is new.
      changedAt: cause === 'site' ? row.seenAt : before.changedAt,
    })
    .where(sql`${articles.id} = ${before.id}`)
  await touchOnly(db, before.id, row)
}
