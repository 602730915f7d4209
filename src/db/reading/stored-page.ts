import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { captures, inflate } from '../captures.ts'
import type { Database } from '../client.ts'

export interface StoredAnswerPage {
  readonly id: number
  readonly siteId: string
  readonly url: string
  readonly urlHash: string
  readonly kind: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly fetchedAt: Date
  /** As the host sent it, decompressed; empty for a page that asked not to be kept. */
  readonly body: Uint8Array
}

const headerShape = z.record(z.string(), z.string())

/** One stored answer of a host; null when it is not held, or no longer. */
export async function readStoredPage(db: Database, id: number): Promise<StoredAnswerPage | null> {
  const { siteId, url, urlHash, kind, status, headers, fetchedAt, body } = captures
  const [row] = await db
    .select({ id: captures.id, siteId, url, urlHash, kind, status, headers, fetchedAt, body })
    .from(captures)
    .where(sql`${captures.id} = ${id}`)
  if (row === undefined) return null
  const bytes = row.body.length === 0 ? row.body : await inflate(row.body)
  return { ...row, headers: headerShape.parse(row.headers), body: bytes }
}
