/** Tables, views and columns that people and other programs rely on; a missing one breaks them. */
export const contract: Readonly<Record<string, readonly string[]>> = {
  sites: ['id', 'name', 'url', 'family', 'language', 'timezone', 'enabled'],
  articles: words(`id site_id url url_hash native_id title subtitle authors section tags language published_at
    modified_at body_text body_html excerpt image_url content_hash revision first_seen_at changed_at checked_at
    gone_at duplicate_of`),
  article_revisions: words('article_id revision title body_text content_hash seen_at extractor_version'),
  threads: words(`id article_id platform native_id reported_count collected_count complete incomplete_reason
    closed checked_at next_check_at`),
  comments:
    words(`id thread_id article_id native_id parent_id root_id depth position author_name author_display
    author_key published_at published_precision published_raw body_text body_html quotes likes dislikes score
    state is_edited edited_at is_pinned is_picked author_badges is_ping parent_confidence content_hash revision permalink first_seen_at changed_at missing_since
    removed_at`),
  comment_revisions: words('comment_id revision body_text content_hash state seen_at'),
  captures: words('id site_id url kind fetched_at status headers body body_hash expires_at'),
  runs: words('id site_id job started_at finished_at outcome counters error'),
  failures: words('id run_id site_id url stage class message attempt at'),
  site_checks: ['site_id', 'fill_rates', 'alarms'],
  hosts: ['host'],
  comment_tree: words(`comment_id article_id article_title article_url path depth reply_count body_text
    is_edited edited_at is_pinned is_picked author_badges`),
  thread_coverage: words(`thread_id article_id reported_count collected_count missing_count complete
    incomplete_reason`),
  comment_activity: words('site_id hour comments'),
  site_health: words('site_id state'),
  article_history: words('article_id revision title body_text'),
  comment_history: words('comment_id revision body_text state'),
  syndicated_articles: words('article_id site_id url'),
}

/** Types that the contract fixes; all other columns are text. */
export const contractTypes: Readonly<Record<string, string>> = {
  'articles.id': 'bigint',
  'articles.authors': 'ARRAY',
  'articles.tags': 'ARRAY',
  'articles.published_at': 'timestamp with time zone',
  'articles.revision': 'integer',
  'threads.complete': 'boolean',
  'threads.closed': 'boolean',
  'comments.id': 'bigint',
  'comments.parent_id': 'bigint',
  'comments.depth': 'integer',
  'comments.position': 'integer',
  'comments.published_at': 'timestamp with time zone',
  'comments.quotes': 'jsonb',
  'comments.is_edited': 'boolean',
  'comments.edited_at': 'timestamp with time zone',
  'comments.is_pinned': 'boolean',
  'comments.is_picked': 'boolean',
  'comments.author_badges': 'ARRAY',
  'comments.is_ping': 'boolean',
  'captures.headers': 'jsonb',
  'captures.body': 'bytea',
  'runs.counters': 'jsonb',
}

export const views = Object.keys(contract).slice(-7)

function words(list: string): string[] {
  return list.split(/\s+/)
}
