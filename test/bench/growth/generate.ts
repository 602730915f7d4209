import postgres from 'postgres'

export const COMMENTS_PER_ARTICLE = 100
const ARTICLES_PER_SITE = 100

/**
 * Adds made-up comments with all that belongs to them: a capture, a thread and an earlier version for each article, an
 * earlier version for each twentieth comment. Sites grow in number, not in size.
 * @param from, to ordinals of comments, multiples of `COMMENTS_PER_ARTICLE`.
 */
export async function addComments(url: string, from: number, to: number): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  const articles = [from / COMMENTS_PER_ARTICLE, to / COMMENTS_PER_ARTICLE - 1] as const
  try {
    await client.begin(async (transaction) => {
      // What is made up refers to what is there; to check each row of it would take most of the time.
      await transaction.unsafe('set local session_replication_role = replica')
      for (const statement of [sitesOf, articlesOf, threadsOf, capturesOf, articleRevisionsOf])
        await transaction.unsafe(statement(...articles))
      await transaction.unsafe(commentsOf(from, to - 1))
      await transaction.unsafe(commentRevisionsOf(from, to - 1))
    })
  } finally {
    await client.end()
  }
}

/** What is stored by a crawl gets ids that nothing made up has. */
export async function setIdsApart(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  for (const table of ['articles', 'threads', 'comments'])
    await client`select setval(${`${table}_id_seq`}, 1000000000)`
  await client.end()
}

const moment = (number: string) => `timestamptz '2024-01-01Z' + (${number} % 900) * interval '1 day'`

const sitesOf = (first: number, last: number) => `
  insert into sites (id, name, url) select 'site-' || n, 'Site ' || n, 'https://site-' || n || '.example/'
  from generate_series(${Math.floor(first / ARTICLES_PER_SITE)}, ${Math.floor(last / ARTICLES_PER_SITE)}) n
  on conflict do nothing`

const articlesOf = (first: number, last: number) => `
  insert into articles (id, site_id, url, url_hash, native_id, title, authors, tags, language, published_at, body_text,
    body_html, rules, content_hash, extractor_version, first_seen_at, changed_at, checked_at)
  overriding system value
  select n + 1, 'site-' || n / ${ARTICLES_PER_SITE}, 'https://site-' || n / ${ARTICLES_PER_SITE} || '.example/' || n,
    md5(n::text) || md5(n::text), n::text, 'Article ' || n, '{}', '{}', 'en', ${moment('n')},
    repeat(md5(n::text) || ' ', 60), repeat(md5(n::text) || ' ', 60), '{}', md5('a' || n), '1', ${moment('n')},
    ${moment('n')}, now()
  from generate_series(${first}, ${last}) n`

const threadsOf = (first: number, last: number) => `
  insert into threads (id, site_id, article_id, platform, native_id, reported_count, collected_count, complete,
    changed_at, checked_at, next_check_at, article_checked_at, article_next_check_at)
  overriding system value
  select n + 1, 'site-' || n / ${ARTICLES_PER_SITE}, n + 1, 'wordpress', n::text, ${COMMENTS_PER_ARTICLE},
    ${COMMENTS_PER_ARTICLE}, n % 10 > 0, now(), now(), now() + interval '1 day', now(), now() + interval '1 day'
  from generate_series(${first}, ${last}) n`

const capturesOf = (first: number, last: number) => `
  with answers as materialized (
    select n, 'site-' || n / ${ARTICLES_PER_SITE} as site, convert_to(string_agg(md5(n::text || part), ''), 'UTF8') as body
    from generate_series(${first}, ${last}) n, generate_series(1, 120) part group by n),
  bodies as (insert into capture_bodies (site_id, body_key, body) select site, md5(n::text), body from answers)
  insert into capture_records (site_id, url, url_hash, kind, fetched_at, status, headers, body_hash, body_key, expires_at)
  select site, 'https://site.example/' || n, md5(n::text) || md5(n::text), 'article', now(), 200, '{}', md5(n::text),
    md5(n::text), now() + interval '30 days'
  from answers`

const articleRevisionsOf = (first: number, last: number) => `
  insert into article_revisions (article_id, revision, title, body_text, content_hash, seen_at, extractor_version)
  select n + 1, 0, 'Article ' || n, repeat(md5(n::text) || ' ', 60), md5('b' || n), ${moment('n')}, '1'
  from generate_series(${first}, ${last}) n`

/** Two of three comments answer the one before them. */
const commentsOf = (first: number, last: number) => `
  insert into comments (id, thread_id, article_id, native_id, parent_id, root_id, depth, position, author_name, author_key,
    published_at, published_precision, body_text, body_html, quotes, state, is_ping, parent_confidence, content_hash,
    observed, first_seen_at, changed_at)
  overriding system value
  select n + 1, n / ${COMMENTS_PER_ARTICLE} + 1, n / ${COMMENTS_PER_ARTICLE} + 1, n::text,
    case when n % 3 > 0 then n end, n - n % 3 + 1, n % 3, n % ${COMMENTS_PER_ARTICLE},
    'Reader ' || hashint8(n) % 50000, 'user:' || hashint8(n) % 50000,
    ${moment(`n / ${COMMENTS_PER_ARTICLE}`)} + (n % ${COMMENTS_PER_ARTICLE}) * interval '7 minutes', 'second',
    repeat(md5(n::text) || ' ', 6), '<p>' || repeat(md5(n::text) || ' ', 6) || '</p>', '[]', 'visible', false, 'high',
    md5('c' || n), '', now(), now()
  from generate_series(${first}, ${last}) n`

const commentRevisionsOf = (first: number, last: number) => `
  insert into comment_revisions (comment_id, revision, body_text, content_hash, state, seen_at)
  select n + 1, 0, repeat(md5(n::text) || ' ', 6), md5('d' || n), 'visible', now()
  from generate_series(${first}, ${last}) n where n % 20 = 0`
