import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Database } from './client.ts'
import { bytes, identity, moment } from './columns.ts'
import { sites } from './sites.ts'

export const captures = pgTable(
  'captures',
  {
    id: identity(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    url: text('url').notNull(),
    urlHash: text('url_hash').notNull(),
    kind: text('kind').notNull(),
    fetchedAt: moment('fetched_at').notNull(),
    status: integer('status').notNull(),
    headers: jsonb('headers').notNull(),
    body: bytes('body').notNull(),
    bodyHash: text('body_hash').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('captures_url_hash_idx').on(table.siteId, table.urlHash, table.fetchedAt),
    index('captures_expires_at_idx').on(table.expiresAt),
  ],
)

export type CaptureKind = 'article' | 'comments' | 'feed' | 'sitemap' | 'listing' | 'not_an_article'

/** The bytes of one answer as they were read, decoded from the wire's compression. */
export interface Capture {
  readonly url: string
  readonly urlHash: string
  readonly kind: CaptureKind
  readonly fetchedAt: Date
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly bodyHash: string
}

const RETENTION_DAYS = 30
const headerShape = z.record(z.string(), z.string())
const compress = promisify(gzip)
const inflate = promisify(gunzip)

/** Compressed apart from the insert, so that a transaction is not held open meanwhile. */
export async function compressBody(body: Uint8Array): Promise<Uint8Array> {
  return compress(body, { level: 5 })
}

/** @param body as `compressBody` made it. */
export async function insertCapture(
  db: Database,
  siteId: string,
  capture: Capture,
  body: Uint8Array,
): Promise<void> {
  const expiresAt = new Date(capture.fetchedAt.getTime() + RETENTION_DAYS * 86_400_000)
  await db.insert(captures).values({ ...capture, siteId, headers: capture.headers, body, expiresAt })
}

/** Feeds, sitemaps and listings change all the time and are no source of record: the last one is enough. */
export async function replaceCapture(
  db: Database,
  siteId: string,
  capture: Capture,
  body: Uint8Array,
): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction
      .delete(captures)
      .where(sql`${captures.siteId} = ${siteId} and ${captures.urlHash} = ${capture.urlHash}`)
    await insertCapture(transaction, siteId, capture, body)
  })
}

/** The newest capture of an address, or null. */
export async function lastCapture(db: Database, siteId: string, hash: string): Promise<Capture | null> {
  const [row] = await db
    .select()
    .from(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.urlHash} = ${hash}`)
    .orderBy(sql`${captures.fetchedAt} desc`)
    .limit(1)
  if (row === undefined) return null
  return {
    url: row.url,
    urlHash: row.urlHash,
    kind: row.kind as CaptureKind,
    fetchedAt: row.fetchedAt,
    status: row.status,
    headers: headerShape.parse(row.headers),
    body: await inflate(row.body),
    bodyHash: row.bodyHash,
  }
}

/** Of these addresses, the ones that turned out to be no article and need not be asked for again yet. */
export async function findNonArticles(db: Database, siteId: string, now: Date): Promise<Set<string>> {
  const rows = await db
    .select({ hash: captures.urlHash })
    .from(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.kind} = 'not_an_article'
      and ${captures.expiresAt} > ${now.toISOString()}::timestamptz`)
  return new Set(rows.map((row) => row.hash))
}
