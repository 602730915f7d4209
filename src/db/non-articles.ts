import { type SQL, sql } from 'drizzle-orm'
import { captures } from './captures.ts'
import type { Database } from './client.ts'

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
