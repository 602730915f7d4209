import { gzipSync } from 'node:zlib'
import postgres from 'postgres'

/** The person whose erasure is measured, with a name that is written nowhere else. */
export const person = 'Quillwort Vandersloot'

const PER_ARTICLE = 100

/**
 * Fills a migrated database with comments as they are in number, size and time, though not in words: three sites, two
 * years, 100 comments to an article, a stored page for each article. One in a thousand is the person's, one in a
 * thousand quotes and one in a thousand names them.
 */
export async function fillComments(url: string, count: number): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  const articles = Math.ceil(count / PER_ARTICLE)
  try {
    await client`
      insert into sites (id, name, url) select 'site-' || n, 'Site ' || n, 'https://site-' || n || '.example/'
      from generate_series(1, 3) n`
    await client`
      insert into articles (site_id, url, url_hash, title, authors, tags, body_text, body_html, rules, content_hash,
        extractor_version, published_at, first_seen_at, changed_at, checked_at)
      select 'site-' || n % 3 + 1, address, encode(sha256(address::bytea), 'hex'), 'Article ' || n, '{Ada Quill}', '{}',
        repeat('The council said on Monday that the work had taken two years. ', 40), '', '{"body":"layout"}',
        md5(n::text), '1', at, at, at, at
      from generate_series(1, ${articles}::int) n,
        lateral (select 'https://site-' || n % 3 + 1 || '.example/news/' || n as address,
          timestamptz '2024-01-01Z' + n % 730 * interval '1 day' as at) made`
    await client`
      insert into threads (site_id, article_id, platform, native_id, collected_count, complete, closed, changed_at)
      select site_id, id, 'wordpress', id::text, ${PER_ARTICLE}::int, true, false, published_at from articles`
    await client`
      insert into comments (id, thread_id, article_id, native_id, parent_id, root_id, depth, position, author_name,
        author_key, published_at, published_precision, body_text, body_html, quotes, likes, state, is_ping,
        parent_confidence, content_hash, observed, first_seen_at, changed_at)
      overriding system value
      select n, t.id, t.article_id, n::text, null, n, 0, n % ${PER_ARTICLE}::int, who, 'user:' || lower(who),
        a.published_at + n % ${PER_ARTICLE}::int * interval '7 minutes', 'second', words, '<p>' || words || '</p>',
        case when n % 1000 = 7 then jsonb_build_array(jsonb_build_object(
          'author', ${person}::text, 'text', 'words of a quote', 'native_id', null)) else '[]' end,
        n % 13, 'visible', false, 'high', md5(n::text), 'x', a.published_at, a.published_at
      from generate_series(1, ${count}::int) n
      join threads t on t.native_id = ((n - 1) / ${PER_ARTICLE}::int + 1)::text
      join articles a on a.id = t.article_id,
      lateral (select case when n % 1000 = 3 then ${person}::text else 'Reader ' || n % 50000 end as who,
        case when n % 1000 = 11 then '@' || ${person}::text || ' ' else '' end ||
          'Remark ' || n || ': the harbour was closed for ' || n % 90 || ' days, and ' ||
          repeat(md5(n::text) || ' ', 6) as words) made`
    const filler = Buffer.from(Array.from({ length: 12_000 }, (_, n) => (n * 7919) % 1_000_003).join(' '))
    const page = gzipSync(`<html><body>${filler.toString('base64')}</body></html>`)
    await client`
      with bodies as (
        insert into capture_bodies (site_id, body_key, body) select site_id, md5(id::text), ${page} from articles)
      insert into capture_records (site_id, url, url_hash, kind, fetched_at, status, headers, body_hash, body_key, expires_at)
      select site_id, url, url_hash, 'article', published_at, 200, '{}', md5(id::text), md5(id::text), now() from articles`
    await client`analyze`
  } finally {
    await client.end()
  }
}
