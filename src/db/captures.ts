import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { CapturedAnswer, CaptureHead } from '../store.ts'
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

type Capture = Omit<CapturedAnswer, 'before'>

const RETENTION_DAYS = 30
const headerShape = z.record(z.string(), z.string())
const compress = promisify(gzip)
const inflate = promisify(gunzip)

/** Adds a capture; former ones of the same request stay until they expire. */
export async function insertCapture(db: Database, siteId: string, capture: Capture): Promise<void> {
  const { url, kind, fetchedAt, status, headers, bodyHash } = capture
  await db.insert(captures).values({
    siteId,
    url,
    urlHash: capture.requestHash,
    kind,
    fetchedAt,
    status,
    headers,
    body: await compress(capture.body, { level: 4 }),
    bodyHash,
    expiresAt: new Date(fetchedAt.getTime() + RETENTION_DAYS * 86_400_000),
  })
}

/**
 * Feeds, sitemaps and listings change all the time and are no source of record: the last one is enough.
 * What the address held when it was of another kind, an article say, stays.
 */
export async function replaceCapture(db: Database, siteId: string, capture: Capture): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.delete(captures).where(
      sql`${captures.siteId} = ${siteId} and ${captures.urlHash} = ${capture.requestHash}
          and ${captures.kind} = ${capture.kind}`,
    )
    await insertCapture(transaction, siteId, capture)
  })
}

/** The newest capture of a request, without its body, or null. */
export async function findCapture(
  db: Database,
  siteId: string,
  requestHash: string,
): Promise<CaptureHead | null> {
  const { id, headers, status, bodyHash } = captures
  const [row] = await db
    .select({ id, headers, status, bodyHash })
    .from(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.urlHash} = ${requestHash}`)
    .orderBy(sql`${captures.fetchedAt} desc`)
    .limit(1)
  return row === undefined ? null : { ...row, headers: headerShape.parse(row.headers) }
}

/** @throws Error when the capture has expired meanwhile. */
export async function readCaptureBody(db: Database, id: number): Promise<Uint8Array> {
  const [row] = await db
    .select({ body: captures.body })
    .from(captures)
    .where(sql`${captures.id} = ${id}`)
  if (row === undefined) throw new Error(`capture ${id} is no longer held`)
  return inflate(row.body)
}

/** Of these addresses, the ones that turned out to be no article and need not be asked for again yet. */
export async function findNonArticles(
  db: Database,
  siteId: string,
  hashes: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await db.select({ hash: captures.urlHash }).from(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.kind} = 'not_an_article'
      and ${captures.expiresAt} > ${now.toISOString()}::timestamptz
      and ${captures.urlHash} in (select json_array_elements_text(${JSON.stringify(hashes)}::json))`)
  return rows.map((row) => row.hash)
}

/** Lets go of what was kept long enough. */
export async function deleteExpiredCaptures(db: Database, siteId: string, now: Date): Promise<void> {
  await db
    .delete(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.expiresAt} <= ${now.toISOString()}::timestamptz`)
}
