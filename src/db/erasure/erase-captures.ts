import { sql } from 'drizzle-orm'
import { deleteCaptures, inflate } from '../captures.ts'
import type { Database } from '../client.ts'
import { octetsOf } from './spellings.ts'

/** Stored pages in hand at once. */
const BATCH = 40

interface CaptureBody extends Record<string, unknown> {
  readonly id: string
  readonly url: string
  readonly body: Uint8Array
}

/**
 * Lets go of the stored pages of sites that hold one of these words anywhere in their octets or address. One page too
 * many does no harm: they are kept for a while only, to be read again.
 * @returns how many.
 */
export async function deleteCapturesWith(
  db: Database,
  sites: readonly string[],
  words: readonly string[],
): Promise<number> {
  const needles = octetsOf(words)
  const wanted = sql`(select json_array_elements_text(${JSON.stringify(sites)}::json))`
  let deleted = 0
  for (let last = 0; ;) {
    const rows = await db.execute<CaptureBody>(sql`
      select id::text, url, body from captures
      where id > ${last} and site_id in ${wanted} and octet_length(body) > 20 order by id limit ${BATCH}`)
    const found = await Promise.all(
      rows.map(async (row) => ((await holdsAny(row, needles)) ? [Number(row.id)] : [])),
    )
    deleted += await deleteCaptures(db, found.flat())
    const end = rows.at(-1)
    if (end === undefined) return deleted
    last = Number(end.id)
  }
}

async function holdsAny({ url, body }: CaptureBody, needles: readonly string[]): Promise<boolean> {
  const octets = `${url}\n${(await inflate(body)).toString('latin1')}`.toLowerCase()
  return needles.some((needle) => octets.includes(needle))
}

/** Lets go of the stored pages of these articles, under all their addresses. @returns how many. */
export async function deleteCapturesOf(db: Database, articleIds: readonly number[]): Promise<number> {
  if (articleIds.length === 0) return 0
  const wanted = sql`(select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))`
  const rows = await db.execute(sql`
    with addresses as (
      select site_id, url_hash from articles where id in ${wanted}
      union select site_id, url_hash from article_urls where article_id in ${wanted}
    )
    delete from capture_records c using addresses a where c.site_id = a.site_id and c.url_hash = a.url_hash returning c.id`)
  return rows.length
}
