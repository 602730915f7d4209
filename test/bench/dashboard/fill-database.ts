import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../../src/db/client.ts'

export interface Filling {
  readonly comments: number
  readonly sites: number
  /** The moment at which the made-up collection ends. */
  readonly now: Date
}

const COMMENTS_PER_THREAD = 25
/** Articles under which so many comments are made up, numbered from 1; under the last one is the longest thread. */
export const articlesFor = (comments: number): number => Math.ceil(comments / COMMENTS_PER_THREAD)

const DAYS = 30
const WRITERS = 50_000
/** One thread is far longer than the others, as they are where news is hot. */
const LONGEST_THREAD = 0.02

/** Fills an empty, migrated database with sites, articles, threads, comments, passes and failures, all by SQL. */
export async function fillDatabase({ db }: OpenDatabase, filling: Filling): Promise<void> {
  const { comments, sites } = filling
  const now = sql`${filling.now.toISOString()}::timestamptz`
  const articles = articlesFor(comments)
  const started = sql`(${now} - make_interval(days => ${DAYS}))`
  const span = sql`make_interval(days => ${DAYS})`
  await db.execute(sql`
    insert into sites (id, name, url, language, timezone, enabled)
    select 'site-' || i,
      (array['Harbour', 'Valley', 'Northern', 'River', 'Summit', 'Coastal', 'Prairie', 'Lakeside', 'Old Town', 'Border'])[1 + i % 10]
        || ' ' || (array['Gazette', 'Courier', 'Herald', 'Post', 'Observer'])[1 + i / 10 % 5],
      'https://site-' || i || '.example/', 'en', 'UTC', i % 50 <> 31
    from generate_series(1, ${sites}::int) i`)
  await db.execute(sql`
    insert into schedules (site_id, expression, next_run_at, last_run_at)
    select id, '*/30 * * * * UTC', ${now} + interval '20 minutes', ${now} - interval '10 minutes' from sites`)
  await db.execute(sql`
    insert into articles (site_id, url, url_hash, title, authors, tags, published_at, body_text, body_html, rules,
      content_hash, extractor_version, first_seen_at, changed_at, checked_at, language)
    select 'site-' || (1 + i % ${sites}::int), 'https://site-' || (1 + i % ${sites}::int) || '.example/news/' || i,
      encode(sha256(('article ' || i)::bytea), 'hex'), 'Council votes on matter ' || i, array['Ada Quill'], '{}',
      t.at, repeat('The council met and spoke of matter ' || i || '. ', 30), '', '{"body": "heuristic"}', 'h' || i, '1',
      t.at + interval '10 minutes', t.at, t.at, 'en'
    from generate_series(1, ${articles}::int) i,
      lateral (select ${started} + ${span} * (i::float8 / ${articles}::int) as at) t`)
  await db.execute(sql`
    insert into threads (site_id, article_id, platform, native_id, reported_count, collected_count, complete,
      incomplete_reason, changed_at, checked_at, next_check_at)
    select site_id, id, 'wordpress', id::text, ${COMMENTS_PER_THREAD}::int + (id % 10 = 0)::int * 3, ${COMMENTS_PER_THREAD}::int,
      id % 10 <> 0, case when id % 10 = 0 then 'shortfall' end, first_seen_at, checked_at,
      ${now} + (id % 3000 - 100) * interval '1 minute'
    from articles a order by a.id`)
  await fillComments(filling, db, articles)
  await fillRuns(filling, db)
  for (const table of ['sites', 'articles', 'threads', 'comments', 'runs', 'failures', 'site_checks']) {
    await db.execute(sql`vacuum analyze ${sql.identifier(table)}`)
  }
}

/** In order of their finding, as a crawl leaves them; `root_id` and `parent_id` make a tree of two levels and more. */
async function fillComments(
  { comments, now }: Filling,
  db: OpenDatabase['db'],
  articles: number,
): Promise<void> {
  const longest = Math.floor(comments * LONGEST_THREAD)
  const end = sql`${now.toISOString()}::timestamptz`
  await db.execute(sql`
    insert into comments (id, thread_id, article_id, native_id, parent_id, root_id, depth, position, author_name,
      author_key, published_at, published_precision, body_text, body_html, quotes, state, is_ping, parent_confidence,
      content_hash, observed, first_seen_at, changed_at, revision)
    overriding system value
    select i, a.id, a.id, i::text, null, i, 0, i, 'writer ' || w.n, 'user:writer ' || w.n,
      t.at, 'second', 'I do not agree with what the mayor said of ' || md5(i::text) || ' at all. ', '', '[]',
      'visible', false, 'high', md5(i::text), 'o', t.at + interval '7 minutes' * (1 + i % 5), t.at, 1
    from generate_series(1, ${comments}::int) i,
      lateral (select case when i % ${Math.floor(1 / LONGEST_THREAD)}::int = 0 then ${articles}::int
        else greatest(1, 1 + (i::float8 / ${comments}::int * (${articles}::int - 1))::int
          - (i % 97) * ${Math.ceil(articles / DAYS / 48)}::int) end as id) a,
      lateral (select ${end} - make_interval(days => ${DAYS}) * (1 - i::float8 / ${comments}::int) as at) t,
      lateral (select (i * 7919::bigint) % ${WRITERS}::int as n) w`)
  // Every other comment answers the one before it in its thread.
  await db.execute(sql`
    update comments c set parent_id = p.above, root_id = p.above, depth = 1 from (
      select id, lag(id) over (partition by thread_id order by id) as above,
        row_number() over (partition by thread_id order by id) as place from comments where id % 2 = 0
    ) p where p.id = c.id and p.place % 2 = 0`)
  await db.execute(sql`select setval(pg_get_serial_sequence('comments', 'id'), ${comments}::int)`)
  await db.execute(sql`update threads set collected_count = ${longest}::int, reported_count = ${longest}::int
    where id = ${articles}::int`)
}

/** A pass over each site in every half hour: more comments by day than by night, and on some sites something is wrong. */
async function fillRuns({ comments, now }: Filling, db: OpenDatabase['db']): Promise<void> {
  const end = sql`${now.toISOString()}::timestamptz`
  const usual = Math.ceil(comments / 72_000)
  await db.execute(sql`
    insert into runs (site_id, job, started_at, finished_at, outcome, error, counters)
    select s.id, 'schedule', t.at, t.at + interval '3 minutes',
      case when k.kind = 'blocked' then 'failed' when k.kind <> 'well' then 'partial' else 'done' end,
      case when k.kind = 'blocked' then 'https://' || s.id || '.example/feed answered 403' end,
      jsonb_build_object('requests', 40, 'notModified', 12, 'bytes', 900000, 'notDue', 20, 'notArticles', 1,
        'pages', case k.kind when 'blocked' then 0 when 'failing' then 1 else 30 end,
        'articles', '{"new": 3, "changed": 1, "unchanged": 26, "gone": 0}'::jsonb,
        'comments', jsonb_build_object('new', case when k.kind in ('blocked', 'failing') then 0 else
            (${usual}::int * (1 + sin((extract(hour from t.at)::float8 - 9) / 12 * pi()))
              * (0.3 + (length(s.name) * r) % 9 / 5.0))::int end,
          'edited', 1, 'removed', 0, 'unchanged', 300),
        'threads', '{"complete": 28, "incomplete": 2, "reasons": {"shortfall": 2}}'::jsonb,
        'failures', case k.kind when 'blocked' then '{"blocked": 1}' when 'failing' then '{"http_error": 29}'
          when 'degraded' then '{"timeout": 9}' when 'odd' then '{"timeout": 1}' else '{}' end::jsonb,
        'filled', '{"title": 30, "publishedAt": 30, "authors": 21, "body": 30, "thread": 29}'::jsonb)
    from generate_series(1, ${DAYS * 48}::int) r cross join sites s,
      lateral (select ${end} - interval '30 minutes' * (${DAYS * 48}::int - r) - interval '5 minutes' as at,
        ${DAYS * 48}::int - r as age) t,
      lateral (select case when s.id = 'site-7' and t.age < 40 then 'blocked' when s.id = 'site-12' and t.age < 6 then 'failing'
        when s.id in ('site-23', 'site-24') and t.age < 100 then 'degraded' when r % 29 = 0 then 'odd' else 'well' end
        as kind) k
    order by r`)
  await db.execute(sql`
    insert into failures (run_id, site_id, url, stage, class, message, at)
    select id, site_id, 'https://' || site_id || '.example/news/' || id, 'fetch', class,
      'https://' || site_id || '.example/news/' || id || ' failed', started_at
    from runs, lateral jsonb_object_keys(counters->'failures') class`)
  await db.execute(sql`
    insert into site_checks (site_id, run_id, at, pages, fill_rates, alarms)
    select site_id, id, finished_at, 30, '{"article": 0.97, "title": 1, "publishedAt": 1, "authors": 0.7, "body": 1, "thread": 0.96}',
      '[]' from runs`)
}
