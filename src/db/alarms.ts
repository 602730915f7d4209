import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { isSetAside } from './reused-ids.ts'

/** What is wrong with a site's pages as a whole, as `site_checks` holds it and the summary says it. */
export interface Alarm {
  readonly kind: AlarmKind
  /** The field, feed and so on that it is about, where a site may have several of its kind. */
  readonly subject?: string
  readonly message: string
  /** A few of the articles concerned. */
  readonly urls: readonly string[]
}

export const alarmKinds = [
  'refused',
  'walled',
  'failing',
  'fields_vanished',
  'shared_thread',
  'ids_reused',
  'comments_vanished',
  'comments_fewer',
  'coverage_fallen',
  'nothing_new',
  'sources_empty',
  'feed_stale',
  'future_dates',
  'damaged_text',
  'due_piling',
] as const

export type AlarmKind = (typeof alarmKinds)[number]

/** An alarm that stands since then (ISO 8601). */
export interface RaisedAlarm extends Alarm {
  readonly since: string
}

/** The pass that is judged. */
export interface JudgedPass {
  readonly siteId: string
  readonly startedAt: Date
  /** Comments that were read in it, held already or not. */
  readonly commentsRead: number
  /** Comments were asked for, and nobody stopped the pass. */
  readonly isWhole: boolean
}

/** Names a few articles, which is enough to look at. */
const MOST_URLS = 3

/** Looks for what no single page can tell, in what the pass left in the database. */
export async function findAlarms(db: Database, pass: JudgedPass): Promise<Alarm[]> {
  const alarms = [...(await findSharedThreads(db, pass)), ...(await findReusedIds(db, pass))]
  return pass.isWhole && pass.commentsRead === 0 ? [...alarms, ...(await findVanished(db, pass))] : alarms
}

/** The articles that were looked at in a pass: what it found does not take longer the more the site has. */
const lookedAt = ({ siteId, startedAt }: JudgedPass): SQL => sql`(
  select article_id from article_visits where site_id = ${siteId} and checked_at >= ${moment(startedAt)}) k`

/** Comments that were set aside in this pass, because their ids stand for others now. */
async function findReusedIds(db: Database, pass: JudgedPass): Promise<Alarm[]> {
  const [row] = await db.execute<{ comments: number; urls: string[] | null }>(sql`
    select count(*)::int as comments, (array_agg(distinct a.url))[1:${sql.raw(String(MOST_URLS))}] as urls
    from ${lookedAt(pass)} join articles a on a.id = k.article_id join comments c on c.article_id = a.id
    where c.state = 'removed' and c.redacted_at is null
      and c.removed_at >= ${moment(pass.startedAt)} and ${isSetAside}`)
  if (row === undefined || row.comments === 0) return []
  const message = `${row.comments} ids of comments were given to others, by other writers at other times`
  return [{ kind: 'ids_reused', message, urls: row.urls ?? [] }]
}

/**
 * Threads read in this pass that stand under articles with different headlines: the page names the wrong thread, or the
 * platform was told the wrong key. One article under two addresses shares its headline, and is no alarm. Each thread is
 * looked up by itself: joined with all of the site's, those of a first pass would be held one by one against one another.
 */
async function findSharedThreads(db: Database, pass: JudgedPass): Promise<Alarm[]> {
  const rows = await db.execute<{
    platform: string
    native_id: string
    articles: number
    urls: string[]
  }>(sql`
    with read as materialized (
      select distinct t.platform, t.native_id from ${lookedAt(pass)} join threads t on t.article_id = k.article_id
      where t.checked_at >= ${moment(pass.startedAt)}
    )
    select read.platform, read.native_id, under.articles, under.urls from read cross join lateral (
      select count(distinct a.id)::int as articles, count(distinct coalesce(lower(a.title), a.url)) as headlines,
        (array_agg(a.url order by a.id))[1:${sql.raw(String(MOST_URLS))}] as urls
      from threads t join articles a on a.id = t.article_id
      where t.platform = read.platform and t.native_id = read.native_id and t.site_id = ${pass.siteId}
        and a.gone_at is null and t.incomplete_reason is distinct from 'not_found') under
    where under.headlines > 1
    order by under.articles desc, read.platform, read.native_id`)
  return rows.map(({ platform, native_id: id, articles, urls }) => ({
    kind: 'shared_thread',
    message: `one ${platform} thread (${id}) stands under ${articles} articles: ${urls.join(', ')}`,
    urls,
  }))
}

/** Fewer may have been deleted, all of them, by chance. */
const FEWEST_COMMENTS = 3
const FEWEST_ARTICLES = 2

/** Articles that were looked at in this pass and under which comments are held, when not one comment was read. */
async function findVanished(db: Database, pass: JudgedPass): Promise<Alarm[]> {
  const [row] = await db.execute<{ articles: number; comments: number; urls: string[] | null }>(sql`
    select count(distinct a.id)::int as articles, coalesce(sum(t.collected_count), 0)::int as comments,
      (array_agg(distinct a.url))[1:${sql.raw(String(MOST_URLS))}] as urls
    from ${lookedAt(pass)} join articles a on a.id = k.article_id join threads t on t.article_id = a.id
    where t.collected_count > 0
      and coalesce(t.incomplete_reason, '') not in ('interrupted', 'skipped')`)
  if (row === undefined || (row.articles < FEWEST_ARTICLES && row.comments < FEWEST_COMMENTS)) return []
  const { articles, comments, urls } = row
  const message = `no comment was read, and ${comments} are held under ${articles} of the articles looked at`
  return [{ kind: 'comments_vanished', message, urls: urls ?? [] }]
}

const moment = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`
