import { sql } from 'drizzle-orm'
import { deleteCaptures, inflate } from '../captures.ts'
import { comparableText, wordsOfAnswer } from '../../privacy/words-of-answer.ts'
import type { Database } from '../client.ts'

/** Stored pages in hand at once. */
const BATCH = 40

interface CaptureBody extends Record<string, unknown> {
  readonly id: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Which stored pages go with an erasure. */
export interface CapturesToErase {
  /** All of these articles, under all their addresses. */
  readonly articleIds: readonly number[]
  /** And those of these sites that hold one of the words anywhere, or in their address. */
  readonly sites: readonly string[]
  readonly words: readonly string[]
}

/**
 * Lets go of stored pages. One page too many does no harm: they are kept for a while only, to be read again.
 * @returns how many.
 */
export async function deleteCapturesFor(db: Database, wanted: CapturesToErase): Promise<number> {
  let deleted = 0
  for await (const ids of findCaptures(db, wanted)) deleted += await deleteCaptures(db, ids)
  return deleted
}

export async function countCapturesFor(db: Database, wanted: CapturesToErase): Promise<number> {
  const found = new Set<number>()
  for await (const ids of findCaptures(db, wanted)) for (const id of ids) found.add(id)
  return found.size
}

async function* findCaptures(
  db: Database,
  { articleIds, sites, words }: CapturesToErase,
): AsyncGenerator<number[]> {
  yield await capturesOf(db, articleIds)
  const needles = words.map(comparableText).filter((needle) => needle !== '')
  const wanted = sql`(select json_array_elements_text(${JSON.stringify(sites)}::json))`
  for (let last = 0; ;) {
    const rows = await db.execute<CaptureBody>(sql`
      select id::text, url, headers, body from captures
      where id > ${last} and site_id in ${wanted} and octet_length(body) > 20 order by id limit ${BATCH}`)
    const found = await Promise.all(
      rows.map(async (row) => ((await holdsAny(row, needles)) ? [Number(row.id)] : [])),
    )
    yield found.flat()
    const end = rows.at(-1)
    if (end === undefined) return
    last = Number(end.id)
  }
}

async function holdsAny({ body, ...answer }: CaptureBody, needles: readonly string[]): Promise<boolean> {
  const words = wordsOfAnswer({ ...answer, body: await inflate(body) })
  return needles.some((needle) => words.includes(needle))
}

async function capturesOf(db: Database, articleIds: readonly number[]): Promise<number[]> {
  if (articleIds.length === 0) return []
  const wanted = sql`(select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))`
  const rows = await db.execute<{ id: string }>(sql`
    with addresses as (
      select site_id, url_hash from articles where id in ${wanted}
      union select site_id, url_hash from article_urls where article_id in ${wanted}
    )
    select c.id::text from capture_records c join addresses a on c.site_id = a.site_id and c.url_hash = a.url_hash`)
  return rows.map(({ id }) => Number(id))
}
