import { sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { isPass } from './runs.ts'
import type { PassFigures } from './site-checks.ts'

type Measures = Pick<PassFigures, 'dated' | 'futureDates' | 'texts' | 'damagedTexts' | 'due'>

/** Clocks of publishers are a little fast now and then. */
const FAST_MINUTES = 10
/** What is due is not counted beyond this. */
const MOST_DUE = 10_000

/** Counts what a pass left in the database and no page can tell of itself. */
export async function measurePass(
  db: Database,
  { siteId, startedAt }: { readonly siteId: string; readonly startedAt: Date },
  now: Date,
): Promise<Measures> {
  const start = sql`${startedAt.toISOString()}::timestamptz`
  const end = sql`${now.toISOString()}::timestamptz`
  const [row] = await db.execute<{ [Name in keyof Measures]: Measures[Name] }>(sql`
    with dates as (
      select a.published_at, a.first_seen_at from article_visits c join articles a on a.id = c.article_id
      where c.site_id = ${siteId} and c.checked_at >= ${start} and a.first_seen_at >= ${start}
        and a.published_at is not null
      union all
      select c.published_at, c.first_seen_at from comments c join article_visits a on a.article_id = c.article_id
      where a.site_id = ${siteId} and a.checked_at >= ${start} and c.first_seen_at >= ${start}
        and c.published_at is not null
    ), texts as (
      select position(chr(65533) in concat(a.title, a.body_text)) > 0 as damaged
      from article_visits c join articles a on a.id = c.article_id
      where c.site_id = ${siteId} and c.checked_at >= ${start} and a.changed_at >= ${start}
    ), due as (
      select a.id from article_visits c join articles a on a.id = c.article_id
      where c.site_id = ${siteId} and a.gone_at is null and c.next_check_at <= ${end}
      union
      select a.id from threads t join articles a on a.id = t.article_id
      where t.site_id = ${siteId} and a.gone_at is null and t.next_check_at <= ${end}
      limit ${MOST_DUE}
    )
    select (select count(*)::int from dates) as dated,
      (select count(*)::int from dates
        where published_at > first_seen_at + ${FAST_MINUTES}::int * interval '1 minute') as "futureDates",
      (select count(*)::int from texts) as texts, (select count(*)::int from texts where damaged) as "damagedTexts",
      (select count(*)::int from due) as due`)
  return row ?? { dated: 0, futureDates: 0, texts: 0, damagedTexts: 0, due: 0 }
}

/** New articles of one hour in which passes began. */
export interface NewsHour {
  /** Hours since 1970. */
  readonly hour: number
  readonly articles: number
}

/** Days that are looked back on. */
const HISTORY_DAYS = 29

/** How many new articles the passes of each hour brought, in the last four weeks; hours without a pass are left out. */
export async function readNewsHours(db: Database, siteId: string, now: Date): Promise<NewsHour[]> {
  return db.execute<{ hour: number; articles: number }>(sql`
    select floor(extract(epoch from started_at) / 3600)::int as hour,
      coalesce(sum((counters->'articles'->>'new')::int), 0)::int as articles
    from runs where site_id = ${siteId} and ${isPass} and finished_at is not null
      and started_at > ${now.toISOString()}::timestamptz - ${HISTORY_DAYS}::int * interval '1 day'
    group by 1 order by 1`)
}
