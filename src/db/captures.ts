import { promisify } from 'node:util'
import { gunzip, gzip as gzipBytes } from 'node:zlib'
import { type SQL, sql } from 'drizzle-orm'
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { CapturedAnswer, CaptureHead } from '../store.ts'
import type { Database } from './client.ts'
import { bytes, identity, moment } from './columns.ts'
import { jsonRows } from './json-rows.ts'
import { sites } from './sites.ts'
import { failpoint } from '../failpoint.ts'

/** The bytes of answers, as gzip: once for each site, however many requests brought them. */
export const captureBodies = pgTable(
  'capture_bodies',
  {
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    bodyKey: text('body_key').notNull(),
    body: bytes('body').notNull(),
  },
  (table) => [primaryKey({ name: 'capture_bodies_pkey', columns: [table.siteId, table.bodyKey] })],
)

/** One answer each, without its bytes. What nobody refers to any more of these the database lets go by itself. */
export const captureRecords = pgTable(
  'capture_records',
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
    bodyHash: text('body_hash').notNull(),
    /** The hash again, or `empty` where the bytes may not be kept. */
    bodyKey: text('body_key').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'capture_records_body_fk',
      columns: [table.siteId, table.bodyKey],
      foreignColumns: [captureBodies.siteId, captureBodies.bodyKey],
    }),
    index('captures_url_hash_idx').on(table.siteId, table.urlHash, table.fetchedAt),
    index('captures_expires_at_idx').on(table.expiresAt),
    // The site comes last: while tables are small, the database takes any index that begins with it for as good as the
    // one that tells pages apart, and would stay with that.
    index('capture_records_body_key_idx').on(table.bodyKey, table.siteId),
  ],
)

/** Answers with their bytes. To be read; rows may be deleted too. */
export const captures = pgView('captures', {
  id: bigint('id', { mode: 'number' }).notNull(),
  siteId: text('site_id').notNull(),
  url: text('url').notNull(),
  urlHash: text('url_hash').notNull(),
  kind: text('kind').notNull(),
  fetchedAt: moment('fetched_at').notNull(),
  status: integer('status').notNull(),
  headers: jsonb('headers').notNull(),
  body: bytes('body').notNull(),
  bodyHash: text('body_hash').notNull(),
  expiresAt: moment('expires_at').notNull(),
}).existing()

export interface Capture extends Omit<CapturedAnswer, 'before'> {
  /** Needed now, and not to be held: it expires when it is stored, so that it goes even if its job can't let go of it. */
  readonly isLent?: boolean
}

const RETENTION_DAYS = 30
/** Stands for the hash of bytes that may not be kept. */
const EMPTY = 'empty'
const headerShape = z.record(z.string(), z.string())
const compress = promisify(gzipBytes)
export const inflate = promisify(gunzip)
const compressed = async ({ gzip, body }: Capture): Promise<Uint8Array> =>
  gzip ?? compress(body, { level: 4 })

const records = jsonRows(captureRecords, {}, ['id'])
const bodies = jsonRows(captureBodies)

/**
 * Parts of a `with`, the last of them `capture`, that insert captures on a condition, each once; former ones of the same
 * requests stay until they expire. Bytes that are held for the site are not written again. All bytes go over in one piece
 * beside the rows: within their JSON they would be half as long again, and read character by character. What is held is
 * looked up row by row (`offset 0`): to a database that is being filled its tables seem small, and it would read all of them.
 */
export async function captureParts(
  siteId: string,
  answers: readonly Capture[],
  condition: SQL = sql`true`,
): Promise<SQL> {
  const pieces = await Promise.all(answers.map(compressed))
  let end = 1
  const rows = answers.map((answer, index) => {
    const start = end
    end += pieces[index]?.length ?? 0
    return { ...captureRow(siteId, answer), start, length: end - start }
  })
  return sql`pieces as materialized (select decode(${Buffer.concat(pieces).toString('base64')}, 'base64') as bytes),
    sent as (
      select r.*, substring(pieces.bytes from r.start for r.length) as body
      from pieces, json_to_recordset(${JSON.stringify(rows)}::json) as r(${records.shape}, start int, length int)
      where ${condition} and not exists (select from capture_records c where c.site_id = r."siteId"
        and c.url_hash = r."urlHash" and c.kind = r.kind and c.fetched_at = r."fetchedAt" offset 0)),
    body as (
      insert into capture_bodies (${bodies.columns})
      select distinct on (r."siteId", r."bodyKey") ${bodies.values} from sent r
      on conflict do nothing),
    capture as (
      insert into capture_records (${records.columns}) select ${records.values} from sent r returning id)`
}

export async function insertCaptures(
  db: Database,
  siteId: string,
  answers: readonly Capture[],
): Promise<void> {
  if (answers.length > 0) await db.execute(sql`with ${await captureParts(siteId, answers)} select 1`)
}

function captureRow(siteId: string, capture: Capture) {
  const { url, requestHash, kind, fetchedAt, status, headers, bodyHash } = capture
  const bodyKey = capture.body.length === 0 ? EMPTY : bodyHash
  const expiresAt = new Date(
    fetchedAt.getTime() + (capture.isLent === true ? 0 : RETENTION_DAYS * 86_400_000),
  )
  return { siteId, url, urlHash: requestHash, kind, fetchedAt, status, headers, expiresAt, bodyHash, bodyKey }
}

/**
 * Feeds, sitemaps and listings change all the time and are no source of record: the last one is enough.
 * What the address held when it was of another kind, an article say, stays.
 */
export async function replaceCapture(db: Database, siteId: string, capture: Capture): Promise<void> {
  await db.transaction(async (transaction) => {
    const { siteId: site, urlHash, kind } = captureRecords
    await transaction
      .delete(captureRecords)
      .where(sql`${site} = ${siteId} and ${urlHash} = ${capture.requestHash} and ${kind} = ${capture.kind}`)
    failpoint('source-replacing')
    await insertCaptures(transaction, siteId, [capture])
  })
}

/** The newest capture of each of these requests that has any, without its body. */
export async function findCaptures(
  db: Database,
  siteId: string,
  requestHashes: readonly string[],
): Promise<Map<string, CaptureHead>> {
  const { siteId: site, urlHash, id, fetchedAt, headers, status, bodyHash } = captureRecords
  // Each hash by itself: as one condition they cost a look at all answers of the site, at every request.
  const latest = db
    .select({ urlHash, id, fetchedAt, headers, status, bodyHash })
    .from(captureRecords)
    .where(sql`${site} = ${siteId} and ${urlHash} = asked.value`)
    .orderBy(sql`${fetchedAt} desc`)
    .limit(1)
    .as('latest')
  const rows = await db
    .select({
      urlHash: latest.urlHash,
      id: latest.id,
      fetchedAt: latest.fetchedAt,
      headers: latest.headers,
      status: latest.status,
      bodyHash: latest.bodyHash,
    })
    .from(sql`json_array_elements_text(${JSON.stringify(requestHashes)}::json) as asked`)
    .crossJoinLateral(latest)
  return new Map(
    rows.map(({ urlHash, ...head }) => [urlHash, { ...head, headers: headerShape.parse(head.headers) }]),
  )
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

/** @returns how many there were. */
export async function deleteCaptures(db: Database, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  const { id } = captureRecords
  const deleted = await db
    .delete(captureRecords)
    .where(sql`${id} in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`)
    .returning({ id })
  return deleted.length
}

/** Whether a capture was only stored for a job that needed it. */
export const isLent = sql<boolean>`(${captureRecords.expiresAt} <= ${captureRecords.fetchedAt})`

/** Lets go of what was kept long enough. @param days that the site sets; what was stored before obeys them too. */
export async function deleteExpiredCaptures(
  db: Database,
  siteId: string,
  now: Date,
  days: number = RETENTION_DAYS,
): Promise<void> {
  const { siteId: site, expiresAt, fetchedAt } = captureRecords
  if (days !== RETENTION_DAYS) {
    const end = sql`${fetchedAt} + ${days}::float8 * interval '1 day'`
    await db
      .update(captureRecords)
      .set({ expiresAt: end })
      .where(sql`${site} = ${siteId} and ${expiresAt} <> ${end} and not ${isLent}`)
  }
  await db
    .delete(captureRecords)
    .where(sql`${site} = ${siteId} and ${expiresAt} <= ${now.toISOString()}::timestamptz`)
}
