import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { type SQL, sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { CapturedAnswer, CaptureHead } from '../store.ts'
import type { Database } from './client.ts'
import { bytes, identity, moment } from './columns.ts'
import { jsonRows } from './json-rows.ts'
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

export type Capture = Omit<CapturedAnswer, 'before'>

const RETENTION_DAYS = 30
const headerShape = z.record(z.string(), z.string())
const compress = promisify(gzip)
export const inflate = promisify(gunzip)

const inserted = jsonRows(captures, {}, ['id'])

/** Inserts captures; former ones of the same requests stay until they expire. */
export async function captureInsert(siteId: string, answers: readonly Capture[]): Promise<SQL> {
  const rows = await Promise.all(answers.map((answer) => captureRow(siteId, answer)))
  return sql`
    insert into captures (${inserted.columns})
    select ${inserted.values} from json_to_recordset(${JSON.stringify(rows)}::json) as r(${inserted.shape})`
}

export async function insertCaptures(
  db: Database,
  siteId: string,
  answers: readonly Capture[],
): Promise<void> {
  if (answers.length > 0) await db.execute(await captureInsert(siteId, answers))
}

async function captureRow(siteId: string, capture: Capture) {
  const { url, requestHash, kind, fetchedAt, status, headers, bodyHash } = capture
  const gzip = capture.gzip ?? (await compress(capture.body, { level: 4 }))
  const body = `\\x${Buffer.from(gzip).toString('hex')}`
  const expiresAt = new Date(fetchedAt.getTime() + RETENTION_DAYS * 86_400_000)
  return { siteId, url, urlHash: requestHash, kind, fetchedAt, status, headers, body, bodyHash, expiresAt }
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
    await insertCaptures(transaction, siteId, [capture])
  })
}

/** The newest capture of each of these requests that has any, without its body. */
export async function findCaptures(
  db: Database,
  siteId: string,
  requestHashes: readonly string[],
): Promise<Map<string, CaptureHead>> {
  const { urlHash, id, headers, status, bodyHash } = captures
  const rows = await db
    .selectDistinctOn([urlHash], { urlHash, id, headers, status, bodyHash })
    .from(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${urlHash} in (
      select json_array_elements_text(${JSON.stringify(requestHashes)}::json))`)
    .orderBy(urlHash, sql`${captures.fetchedAt} desc`)
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

/** Whether the page of the article `a` asks not to be stored, which it did not when the article was taken from it. */
export const isReserved = (at: SQL): SQL => sql`exists (
  select 1 from captures c where c.site_id = a.site_id and c.url_hash = a.url_hash
    and c.kind = 'reserved' and c.fetched_at > a.checked_at and c.expires_at > ${at})`

/** Of these addresses, the ones that hold no article, or none for us, and need not be asked for again yet. */
export async function findNonArticles(
  db: Database,
  siteId: string,
  hashes: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await db.select({ hash: captures.urlHash }).from(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.kind} in ('not_an_article', 'reserved')
      and ${captures.expiresAt} > ${now.toISOString()}::timestamptz
      and ${captures.urlHash} in (select json_array_elements_text(${JSON.stringify(hashes)}::json))`)
  return rows.map((row) => row.hash)
}

/** @returns how many there were. */
export async function deleteCaptures(db: Database, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  const deleted = await db
    .delete(captures)
    .where(
      sql`${captures.id} in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`,
    )
    .returning({ id: captures.id })
  return deleted.length
}

/** Lets go of what was kept long enough. @param days that the site sets; what was stored before obeys them too. */
export async function deleteExpiredCaptures(
  db: Database,
  siteId: string,
  now: Date,
  days: number = RETENTION_DAYS,
): Promise<void> {
  if (days !== RETENTION_DAYS) {
    const end = sql`${captures.fetchedAt} + ${days}::float8 * interval '1 day'`
    await db
      .update(captures)
      .set({ expiresAt: end })
      .where(sql`${captures.siteId} = ${siteId} and ${captures.expiresAt} <> ${end}`)
  }
  await db
    .delete(captures)
    .where(sql`${captures.siteId} = ${siteId} and ${captures.expiresAt} <= ${now.toISOString()}::timestamptz`)
}
