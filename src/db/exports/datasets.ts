import { getTableColumns, getViewSelectedFields } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Column, ColumnType } from '../../exports/dataset.ts'
import { articles } from '../articles.ts'
import { captures } from '../captures.ts'
import { comments } from '../comments.ts'
import { threads } from '../threads.ts'

/** What can be exported, as the parts of one query. */
export interface Dataset {
  readonly columns: readonly (Column & { readonly expression: string })[]
  readonly from: string
  readonly site: string
  /** The moment that puts a row into its month. */
  readonly at: string
  /** Orders the rows of a part. */
  readonly order: string
  /** Names a row, the transaction that wrote it last, and what it holds of other rows. */
  readonly version: string
  readonly where: string
  /** Tables whose erased rows copies of this may hold. */
  readonly erasedFrom: readonly ('articles' | 'comments')[]
  /** Rows in hand at once. */
  readonly batch: number
}

const typesOf: Readonly<Record<string, ColumnType>> = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  'timestamp with time zone': 'timestamp',
  jsonb: 'json',
  'text[]': 'texts',
}

/** The columns of a table that say something of what was read, in the table's order. */
function columnsOf(table: PgTable, alias: string, without: readonly string[] = []): Dataset['columns'] {
  return described(Object.values(getTableColumns(table)), alias, without)
}

function described(
  columns: readonly PgColumn[],
  alias: string,
  without: readonly string[] = [],
): Dataset['columns'] {
  return columns.flatMap((column) => {
    const type = typesOf[column.getSQLType()]
    if (type === undefined || without.includes(column.name)) return []
    return [{ name: column.name, type, expression: `${alias}.${column.name}` }]
  })
}

const of = (name: string, type: ColumnType, expression: string) => ({ name, type, expression })

const version = (id: string, alias: string): string => `${id} || ' ' || ${alias}.xmin::text`

const ofComments: Dataset = {
  columns: [
    of('site_id', 'text', 'a.site_id'),
    of('article_url', 'text', 'a.url'),
    ...columnsOf(comments, 'c', ['observed']),
  ],
  from: 'comments c join articles a on a.id = c.article_id',
  site: 'a.site_id',
  at: 'coalesce(c.published_at, c.first_seen_at)',
  order: 'c.id',
  version: `concat_ws(' ', c.id, c.xmin, a.url)`,
  where: 'true',
  erasedFrom: ['comments', 'articles'],
  batch: 2000,
}

const ofArticles: Dataset = {
  columns: columnsOf(articles, 'a'),
  from: 'articles a',
  site: 'a.site_id',
  at: 'coalesce(a.published_at, a.first_seen_at)',
  order: 'a.id',
  version: version('a.id', 'a'),
  where: 'true',
  erasedFrom: ['articles'],
  batch: 500,
}

const ofThreads: Dataset = {
  columns: [
    of('site_id', 'text', 'a.site_id'),
    of('article_url', 'text', 'a.url'),
    ...columnsOf(threads, 't', ['pace']),
  ],
  from: 'threads t join articles a on a.id = t.article_id',
  site: 'a.site_id',
  at: 'coalesce(a.published_at, a.first_seen_at)',
  order: 't.id',
  version: `concat_ws(' ', t.id, t.xmin, a.url)`,
  where: 'true',
  erasedFrom: ['articles'],
  batch: 2000,
}

/** Former versions of articles and of comments, as one table. */
const ofRevisions: Dataset = {
  columns: [
    of('site_id', 'text', 'r.site_id'),
    of('article_id', 'bigint', 'r.article_id'),
    of('comment_id', 'bigint', 'r.comment_id'),
    of('revision', 'integer', 'r.revision'),
    of('title', 'text', 'r.title'),
    of('body_text', 'text', 'r.body_text'),
    of('content_hash', 'text', 'r.content_hash'),
    of('state', 'text', 'r.state'),
    of('seen_at', 'timestamp', 'r.seen_at'),
    of('cause', 'text', 'r.cause'),
    of('extractor_version', 'text', 'r.extractor_version'),
  ],
  from: `(
    select a.site_id, r.article_id, null::bigint as comment_id, r.revision, r.title, r.body_text, r.content_hash,
      null as state, r.seen_at, r.cause, r.extractor_version, r.xmin::text as written
    from article_revisions r join articles a on a.id = r.article_id
    union all
    select a.site_id, c.article_id, r.comment_id, r.revision, null, r.body_text, r.content_hash,
      r.state, r.seen_at, r.cause, r.extractor_version, r.xmin::text
    from comment_revisions r join comments c on c.id = r.comment_id join articles a on a.id = c.article_id) r`,
  site: 'r.site_id',
  at: 'r.seen_at',
  order: 'r.article_id, r.comment_id nulls first, r.revision',
  version: `concat_ws(' ', r.article_id, r.comment_id, r.revision, r.written)`,
  where: 'true',
  erasedFrom: ['comments', 'articles'],
  batch: 1000,
}

const captureColumns = described(Object.values(getViewSelectedFields(captures)), 'c')

/** What is known of the stored pages, without their bytes. */
const ofCaptures: Dataset = {
  columns: [...captureColumns, of('body_octets', 'integer', 'octet_length(c.body)')],
  from: 'captures c join capture_records r on r.id = c.id',
  site: 'c.site_id',
  at: 'c.fetched_at',
  order: 'c.fetched_at, c.id',
  version: version('c.id', 'r'),
  where: 'true',
  erasedFrom: [],
  batch: 2000,
}

/**
 * Stored pages with their bytes. What belongs to an article's thread comes before the articles, so that whoever reads
 * them one after the other has it when the article comes. What was let go has a gzip of nothing, which has 20 octets.
 */
export const capturedAnswers: Dataset = {
  ...ofCaptures,
  columns: [...captureColumns, of('body', 'bytes', 'c.body')],
  order: `c.kind in ('article', 'not_an_article'), c.fetched_at, c.id`,
  where: 'octet_length(c.body) > 20',
  batch: 40,
}

/** By the name that a person gives. */
export const datasets = {
  articles: ofArticles,
  comments: ofComments,
  threads: ofThreads,
  revisions: ofRevisions,
  captures: ofCaptures,
} as const satisfies Readonly<Record<string, Dataset>>
