import { sql } from 'drizzle-orm'
import type { AnnouncedCount } from '../clocks.ts'
import type { Database } from './client.ts'
import { threads } from './threads.ts'

/**
 * Makes threads due whose count moved since it was last announced, or read. A feed may count otherwise than the page,
 * so that it is compared with what it said itself, once it did; a thread that was read to the same number is not due.
 * @returns hashes of the addresses whose count moved.
 */
export async function reviveThreads(
  db: Database,
  siteId: string,
  counts: readonly AnnouncedCount[],
  now: Date,
): Promise<Set<string>> {
  if (counts.length === 0) return new Set()
  const rows = await db.execute<{ hash: string }>(sql`
    with announced as (
      select * from json_to_recordset(${JSON.stringify(counts)}::json) as r("urlHash" text, count int)
    ), named as (
      select a.id as article_id, r."urlHash" as hash, r.count from announced r
      join articles a on a.site_id = ${siteId} and a.url_hash = r."urlHash"
      union all
      select u.article_id, r."urlHash", r.count from announced r
      join article_urls u on u.site_id = ${siteId} and u.url_hash = r."urlHash"
    )
    update threads t set announced_count = n.count, next_check_at = case
      when n.count = coalesce(t.reported_count, t.collected_count) then t.next_check_at
      else least(t.next_check_at, ${now.toISOString()}::timestamptz) end
    from named n
    where t.article_id = n.article_id
      and n.count <> coalesce(t.announced_count, t.reported_count, t.collected_count)
    returning n.hash`)
  return new Set(rows.map(({ hash }) => hash))
}

/** The thread is looked at again at the next pass. */
export async function makeThreadDue(db: Database, id: number, at: Date): Promise<void> {
  await db
    .update(threads)
    .set({ nextCheckAt: at })
    .where(sql`${threads.id} = ${id}`)
}
