import { sql } from 'drizzle-orm'
import { integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { KnownSource } from '../clocks.ts'
import type { Database } from './client.ts'
import { identity, moment } from './columns.ts'
import { jsonRows } from './json-rows.ts'
import { sites } from './sites.ts'

/** Where articles are announced, and how often that brought something new. */
export const sources = pgTable(
  'sources',
  {
    id: identity(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    urlHash: text('url_hash').notNull(),
    kind: text('kind').$type<KnownSource['kind']>().notNull(),
    newsAt: moment('news_at').notNull(),
    newsGapSeconds: integer('news_gap_seconds'),
    nextCheckAt: moment('next_check_at').notNull(),
  },
  (table) => [unique('sources_site_id_url_hash_key').on(table.siteId, table.urlHash)],
)

export async function loadSources(db: Database, siteId: string): Promise<KnownSource[]> {
  const { url, urlHash, kind, newsAt, newsGapSeconds, nextCheckAt } = sources
  return db
    .select({ url, urlHash, kind, newsAt, newsGapSeconds, nextCheckAt })
    .from(sources)
    .where(sql`${sources.siteId} = ${siteId}`)
}

const written = jsonRows(sources, {}, ['id'])

/** Days after which a source that was due and not asked, because nothing names it any more, is forgotten. */
const FORGET_DAYS = 30

/** Keeps what is known of sources now; what is as it was is not written. @param lost hashes of those to be forgotten. */
export async function saveSources(
  db: Database,
  siteId: string,
  { known, lost, now }: { known: readonly KnownSource[]; lost: readonly string[]; now: Date },
): Promise<void> {
  const rows = JSON.stringify(known.map((source) => ({ siteId, ...source })))
  await db.execute(sql`
    insert into sources as held (${written.columns})
    select ${written.values} from json_to_recordset(${rows}::json) as r(${written.shape})
    on conflict (site_id, url_hash) do update set kind = excluded.kind, news_at = excluded.news_at,
      news_gap_seconds = excluded.news_gap_seconds, next_check_at = excluded.next_check_at
    where (held.kind, held.news_at, held.news_gap_seconds, held.next_check_at) is distinct from
      (excluded.kind, excluded.news_at, excluded.news_gap_seconds, excluded.next_check_at)`)
  await db.delete(sources).where(
    sql`${sources.siteId} = ${siteId} and (
      ${sources.nextCheckAt} < ${now.toISOString()}::timestamptz - ${FORGET_DAYS}::int * interval '1 day'
      or ${sources.urlHash} in (select json_array_elements_text(${JSON.stringify(lost)}::json)))`,
  )
}
