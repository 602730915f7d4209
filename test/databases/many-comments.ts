import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/client.ts'

/** One article for as many comments. */
const COMMENTS_PER_ARTICLE = 20

/**
 * Fills a database as five years of ten sites would: comments by a tenth as many writers, a third of them answers,
 * some with quotes, votes, edits and removals. Statistics are taken afterwards.
 * @param count of comments.
 */
export async function fillWithComments({ db }: OpenDatabase, count: number): Promise<void> {
  const articles = count / COMMENTS_PER_ARTICLE
  await db.execute(sql`
    insert into sites (id, name, url, timezone)
    select 'site-' || n, 'Site', 'https://s.example/', 'Europe/Riga' from generate_series(1, 10) as n`)
  await db.execute(sql`
    insert into articles (site_id, url, url_hash, title, authors, tags, language, published_at, body_text, body_html,
      rules, content_hash, extractor_version, first_seen_at, changed_at, checked_at)
    select 'site-' || 1 + n % 10, 'https://s.example/' || n, n, 'Harbour ' || md5(n::text), '{}', '{}', 'en',
      ${moment(sql`n::float8 / ${articles}`)}, 'ferry ' || md5(n::text) || ' council', '', '{}', n, '1', now(), now(), now()
    from generate_series(1, ${articles}::int) as n`)
  await db.execute(sql`insert into article_signatures (article_id, sketch) select id, '{}' from articles`)
  await db.execute(sql`
    insert into threads (site_id, article_id, platform, native_id, changed_at)
    select site_id, id, 'wordpress', id, now() from articles order by id`)
  await db.execute(sql`
    insert into comments (id, thread_id, article_id, native_id, parent_id, root_id, depth, position, author_name,
      author_key, published_at, published_precision, body_text, body_html, language, quotes, likes, dislikes, score,
      state, is_ping, parent_confidence, content_hash, revision, observed, first_seen_at, changed_at, removed_at)
    overriding system value
    select n, t.id, t.article_id, n, case when n % 3 = 0 then n - 1 end, case when n % 3 = 0 then n - 1 else n end,
      case when n % 3 = 0 then 1 else 0 end, n % ${COMMENTS_PER_ARTICLE}::int, 'name ' || w.writer, 'user:' || w.writer,
      w.at, 'second', md5(n::text) || case when n % 500 = 0 then ' bridge' else ' word' end, '', 'en',
      case when n % 10 = 0 then jsonb_build_array(jsonb_build_object('author', 'x', 'text', 'y', 'native_id', (n - 1)::text))
        else '[]'::jsonb end,
      n % 7, n % 5, 0, case when n % 100 = 1 then 'removed' else 'visible' end, false, 'high', 'h',
      case when n % 50 = 2 then 2 else 1 end, 'o', now(), now(), case when n % 100 = 1 then w.at end
    from generate_series(1, ${count}::int) as n
    join threads t on t.id = 1 + (n - 1) / ${COMMENTS_PER_ARTICLE}::int
    cross join lateral (
      select hashint4(n) % ${Math.round(count / 10)}::int as writer, ${moment(sql`n::float8 / ${count}`)} as at
    ) w`)
  await db.execute(sql`
    insert into comment_revisions (comment_id, revision, body_text, content_hash, state, seen_at)
    select id, 1, 'before', 'h', 'visible', now() from comments where revision = 2`)
  await db.execute(sql`
    insert into comment_states (comment_id, at, former_state, state, evidence)
    select id, removed_at, 'visible', 'removed', 'absence' from comments where state = 'removed'`)
  await db.execute(sql`
    insert into article_revisions (article_id, revision, body_text, content_hash, seen_at, extractor_version)
    select id, 1, 'before', 'h', now(), '1' from articles where id % 20 = 0`)
  await db.execute(sql`analyze`)
}

/** A moment of the five years before the cookbook's day. @param share of them that has gone by. */
function moment(share: ReturnType<typeof sql>) {
  return sql`timestamptz '2021-03-03 00:00Z' + ${share} * interval '5 years'`
}
