CREATE VIEW comment_tree AS
SELECT c.id AS comment_id, c.thread_id, c.article_id, a.site_id, a.title AS article_title, a.url AS article_url,
  c.native_id, c.parent_id, c.root_id, c.depth, c.position, line.path, replies.reply_count,
  c.author_name, c.author_display, c.author_key, c.published_at, c.published_precision, c.body_text, c.quotes,
  c.likes, c.dislikes, c.score, c.state, c.is_ping, c.parent_confidence, c.revision, c.permalink,
  c.first_seen_at, c.changed_at, c.missing_since, c.removed_at
FROM comments c
JOIN articles a ON a.id = c.article_id
CROSS JOIN LATERAL (
  WITH RECURSIVE up AS (
    SELECT c.parent_id, c.position, 0 AS level
    UNION ALL
    SELECT p.parent_id, p.position, up.level + 1 FROM up JOIN comments p ON p.id = up.parent_id
  )
  SELECT array_agg(up.position ORDER BY up.level DESC) AS path FROM up
) line
CROSS JOIN LATERAL (SELECT count(*)::int AS reply_count FROM comments r WHERE r.parent_id = c.id) replies;
--> statement-breakpoint
CREATE VIEW thread_coverage AS
SELECT t.id AS thread_id, t.article_id, a.site_id, a.url AS article_url, a.title AS article_title, t.platform,
  t.native_id, t.reported_count, t.collected_count,
  CASE WHEN t.reported_count > 0 THEN round(t.collected_count::numeric / t.reported_count, 4) END AS coverage,
  t.complete, t.incomplete_reason, t.closed, t.checked_at, t.next_check_at
FROM threads t
JOIN articles a ON a.id = t.article_id;
--> statement-breakpoint
CREATE VIEW comment_activity AS
SELECT a.site_id, date_trunc('hour', c.published_at, 'UTC') AS hour, count(*)::int AS comments,
  count(DISTINCT c.author_key)::int AS authors, count(*) FILTER (WHERE c.parent_id IS NOT NULL)::int AS replies,
  count(DISTINCT c.article_id)::int AS articles
FROM comments c
JOIN articles a ON a.id = c.article_id
WHERE c.published_at IS NOT NULL AND NOT c.is_ping
GROUP BY a.site_id, date_trunc('hour', c.published_at, 'UTC');
--> statement-breakpoint
CREATE VIEW site_health AS
SELECT s.id AS site_id, s.name, s.enabled, last_run.started_at AS last_run_at, last_run.outcome AS last_outcome,
  last_run.error AS last_error,
  CASE
    WHEN NOT s.enabled THEN 'paused'
    WHEN last_run.id IS NULL THEN 'new'
    WHEN last_run.outcome = 'failed' THEN 'failing'
    WHEN last_run.outcome = 'partial' THEN 'degraded'
    ELSE 'healthy'
  END AS state,
  (SELECT count(*)::int FROM failures f WHERE f.run_id = last_run.id) AS last_failures,
  (SELECT count(*)::int FROM articles a WHERE a.site_id = s.id) AS articles,
  (SELECT max(a.published_at) FROM articles a WHERE a.site_id = s.id) AS newest_article_at,
  (SELECT count(*)::int FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.site_id = s.id) AS threads,
  (SELECT count(*)::int FROM threads t JOIN articles a ON a.id = t.article_id
    WHERE a.site_id = s.id AND t.complete) AS complete_threads
FROM sites s
LEFT JOIN LATERAL (SELECT * FROM runs r WHERE r.site_id = s.id ORDER BY r.started_at DESC LIMIT 1) last_run ON true;
--> statement-breakpoint
CREATE VIEW article_history AS
SELECT a.id AS article_id, a.site_id, a.url, r.revision, r.title, r.body_text, r.content_hash, r.seen_at,
  r.extractor_version, false AS is_current
FROM article_revisions r
JOIN articles a ON a.id = r.article_id
UNION ALL
SELECT a.id, a.site_id, a.url, a.revision, a.title, a.body_text, a.content_hash, a.changed_at, a.extractor_version, true
FROM articles a;
--> statement-breakpoint
CREATE VIEW comment_history AS
SELECT c.id AS comment_id, c.thread_id, c.article_id, c.native_id, c.author_name, r.revision, r.body_text,
  r.content_hash, r.state, r.seen_at, false AS is_current
FROM comment_revisions r
JOIN comments c ON c.id = r.comment_id
UNION ALL
SELECT c.id, c.thread_id, c.article_id, c.native_id, c.author_name, c.revision, c.body_text, c.content_hash, c.state,
  c.changed_at, true
FROM comments c;
--> statement-breakpoint
CREATE VIEW syndicated_articles AS
SELECT min(a.id) OVER same AS cluster_id, count(*) OVER same AS copies, a.id AS article_id, a.site_id, a.url, a.title,
  a.published_at, a.id = first_value(a.id) OVER (PARTITION BY a.content_hash ORDER BY a.published_at NULLS LAST, a.id)
    AS is_likely_origin
FROM articles a
WHERE EXISTS (SELECT 1 FROM articles o WHERE o.content_hash = a.content_hash AND o.id <> a.id)
WINDOW same AS (PARTITION BY a.content_hash);
--> statement-breakpoint
COMMENT ON TABLE sites IS 'Publishers, one row for each host that is crawled';
--> statement-breakpoint
COMMENT ON COLUMN sites.id IS 'Short name, as in src/sites or made from the address';
--> statement-breakpoint
COMMENT ON COLUMN sites.name IS 'Name as people know it';
--> statement-breakpoint
COMMENT ON COLUMN sites.url IS 'Address of the front page';
--> statement-breakpoint
COMMENT ON COLUMN sites.family IS 'Newsroom that several language hosts share, or null';
--> statement-breakpoint
COMMENT ON COLUMN sites.is_family_source IS 'True for the host in whose language the family writes';
--> statement-breakpoint
COMMENT ON COLUMN sites.language IS 'BCP 47 language, when the declaration tells it';
--> statement-breakpoint
COMMENT ON COLUMN sites.timezone IS 'Zone of the site''s clock, declared or found out; null while it is not known';
--> statement-breakpoint
COMMENT ON COLUMN sites.enabled IS 'False while the site is paused';
--> statement-breakpoint
COMMENT ON TABLE articles IS 'News articles, each in its newest version';
--> statement-breakpoint
COMMENT ON COLUMN articles.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN articles.site_id IS 'The site that the article was read on';
--> statement-breakpoint
COMMENT ON COLUMN articles.url IS 'Canonical address';
--> statement-breakpoint
COMMENT ON COLUMN articles.url_hash IS 'SHA-256 of url; unique with site_id';
--> statement-breakpoint
COMMENT ON COLUMN articles.native_id IS 'The publisher''s own id of the article';
--> statement-breakpoint
COMMENT ON COLUMN articles.title IS 'Headline';
--> statement-breakpoint
COMMENT ON COLUMN articles.subtitle IS 'Standfirst';
--> statement-breakpoint
COMMENT ON COLUMN articles.authors IS 'Writers, as persons';
--> statement-breakpoint
COMMENT ON COLUMN articles.section IS 'Section or category';
--> statement-breakpoint
COMMENT ON COLUMN articles.tags IS 'Tags';
--> statement-breakpoint
COMMENT ON COLUMN articles.language IS 'BCP 47 language of the text';
--> statement-breakpoint
COMMENT ON COLUMN articles.published_at IS 'Time of publication, UTC';
--> statement-breakpoint
COMMENT ON COLUMN articles.modified_at IS 'Time of the last change that the page tells, UTC';
--> statement-breakpoint
COMMENT ON COLUMN articles.body_text IS 'Text without notices, advertisements and related links; paragraphs apart by an empty line';
--> statement-breakpoint
COMMENT ON COLUMN articles.body_html IS 'The same, as sanitised HTML';
--> statement-breakpoint
COMMENT ON COLUMN articles.excerpt IS 'Summary from the page''s metadata';
--> statement-breakpoint
COMMENT ON COLUMN articles.image_url IS 'Lead image';
--> statement-breakpoint
COMMENT ON COLUMN articles.rules IS 'For each field, which rule gave it: layout, json-ld, metadata, microdata, heuristic';
--> statement-breakpoint
COMMENT ON COLUMN articles.content_hash IS 'SHA-256 over title, standfirst and text, with the normaliser''s version';
--> statement-breakpoint
COMMENT ON COLUMN articles.revision IS '1 at first sight, one more at each change of the content';
--> statement-breakpoint
COMMENT ON COLUMN articles.extractor_version IS 'Version of the extractor that read it';
--> statement-breakpoint
COMMENT ON COLUMN articles.first_seen_at IS 'When it was first read';
--> statement-breakpoint
COMMENT ON COLUMN articles.changed_at IS 'When this version was first read';
--> statement-breakpoint
COMMENT ON COLUMN articles.checked_at IS 'When the page was last looked at';
--> statement-breakpoint
COMMENT ON COLUMN articles.next_check_at IS 'When it is due again';
--> statement-breakpoint
COMMENT ON COLUMN articles.gone_at IS 'When the page was first found to be gone, or null';
--> statement-breakpoint
COMMENT ON COLUMN articles.duplicate_of IS 'The same article in the family''s source language, or null';
--> statement-breakpoint
COMMENT ON TABLE article_urls IS 'Other addresses under which articles were met';
--> statement-breakpoint
COMMENT ON COLUMN article_urls.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN article_urls.url_hash IS 'SHA-256 of url; unique with site_id';
--> statement-breakpoint
COMMENT ON COLUMN article_urls.url IS 'The address';
--> statement-breakpoint
COMMENT ON COLUMN article_urls.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON TABLE article_revisions IS 'Former versions of articles; the newest stands in articles';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.revision IS 'Number of this version';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.title IS 'Headline then';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.body_text IS 'Text then';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.content_hash IS 'Hash of this version';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.seen_at IS 'When this version was first read';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.extractor_version IS 'Version of the extractor that read it';
--> statement-breakpoint
COMMENT ON TABLE threads IS 'Comment sections, with what the site reports and what is held';
--> statement-breakpoint
COMMENT ON COLUMN threads.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN threads.article_id IS 'The article that it stands under';
--> statement-breakpoint
COMMENT ON COLUMN threads.platform IS 'Comment system';
--> statement-breakpoint
COMMENT ON COLUMN threads.native_id IS 'The platform''s own id of the thread';
--> statement-breakpoint
COMMENT ON COLUMN threads.reported_count IS 'Comments that the site says there are';
--> statement-breakpoint
COMMENT ON COLUMN threads.collected_count IS 'Comments that are held and not removed';
--> statement-breakpoint
COMMENT ON COLUMN threads.complete IS 'True when the last pass read all of it';
--> statement-breakpoint
COMMENT ON COLUMN threads.incomplete_reason IS 'Why the last pass did not read all of it, or null';
--> statement-breakpoint
COMMENT ON COLUMN threads.closed IS 'No new comments are taken';
--> statement-breakpoint
COMMENT ON COLUMN threads.changed_at IS 'When a comment was last new, edited or removed';
--> statement-breakpoint
COMMENT ON COLUMN threads.checked_at IS 'When it was last read';
--> statement-breakpoint
COMMENT ON COLUMN threads.next_check_at IS 'When it is due again';
--> statement-breakpoint
COMMENT ON TABLE comments IS 'Comments, each in its newest version, with its place in the thread';
--> statement-breakpoint
COMMENT ON COLUMN comments.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN comments.thread_id IS 'The thread';
--> statement-breakpoint
COMMENT ON COLUMN comments.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN comments.native_id IS 'The platform''s id; unique within the thread';
--> statement-breakpoint
COMMENT ON COLUMN comments.parent_id IS 'The comment that this one answers, or null';
--> statement-breakpoint
COMMENT ON COLUMN comments.parent_native_id IS 'What the platform says it answers, held or not';
--> statement-breakpoint
COMMENT ON COLUMN comments.root_id IS 'The comment at the top of this branch; itself for a root';
--> statement-breakpoint
COMMENT ON COLUMN comments.depth IS '0 for a root, one more for each level of replies';
--> statement-breakpoint
COMMENT ON COLUMN comments.position IS '1-based place in reading order: depth first, answers by time';
--> statement-breakpoint
COMMENT ON COLUMN comments.author_name IS 'Name under which the writer is known on the site';
--> statement-breakpoint
COMMENT ON COLUMN comments.author_display IS 'A second, displayed name';
--> statement-breakpoint
COMMENT ON COLUMN comments.author_key IS 'Stable key of the writer within the site''s family; never an e-mail address';
--> statement-breakpoint
COMMENT ON COLUMN comments.published_at IS 'Time of publication, UTC';
--> statement-breakpoint
COMMENT ON COLUMN comments.published_precision IS 'How exact that is: second, minute, day, or relative (from words such as "2 hours ago")';
--> statement-breakpoint
COMMENT ON COLUMN comments.published_raw IS 'The time as the page words it';
--> statement-breakpoint
COMMENT ON COLUMN comments.body_text IS 'The writer''s own words, without quotes';
--> statement-breakpoint
COMMENT ON COLUMN comments.body_html IS 'Sanitised, quotes as blockquote';
--> statement-breakpoint
COMMENT ON COLUMN comments.quotes IS 'Quoted passages: [{author, text, native_id}]';
--> statement-breakpoint
COMMENT ON COLUMN comments.likes IS 'Votes for, as last seen';
--> statement-breakpoint
COMMENT ON COLUMN comments.dislikes IS 'Votes against, as last seen';
--> statement-breakpoint
COMMENT ON COLUMN comments.score IS 'Net score, as last seen';
--> statement-breakpoint
COMMENT ON COLUMN comments.state IS 'visible, withheld (awaits moderation) or removed';
--> statement-breakpoint
COMMENT ON COLUMN comments.is_ping IS 'A pingback or trackback, not a reader''s words';
--> statement-breakpoint
COMMENT ON COLUMN comments.parent_confidence IS 'low where the page flattens deep replies, so that the parent is a guess';
--> statement-breakpoint
COMMENT ON COLUMN comments.content_hash IS 'SHA-256 over own words and quotes';
--> statement-breakpoint
COMMENT ON COLUMN comments.revision IS '1 at first sight, one more at each edit';
--> statement-breakpoint
COMMENT ON COLUMN comments.permalink IS 'Address of the comment';
--> statement-breakpoint
COMMENT ON COLUMN comments.observed IS 'Hash of the values that may change without an edit';
--> statement-breakpoint
COMMENT ON COLUMN comments.first_seen_at IS 'When it was first read';
--> statement-breakpoint
COMMENT ON COLUMN comments.changed_at IS 'When this version was first read';
--> statement-breakpoint
COMMENT ON COLUMN comments.missing_since IS 'First complete pass that did not find it, or null';
--> statement-breakpoint
COMMENT ON COLUMN comments.removed_at IS 'When it was known to be removed, or null';
--> statement-breakpoint
COMMENT ON TABLE comment_revisions IS 'Former versions of comments; the newest stands in comments';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.comment_id IS 'The comment';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.revision IS 'Number of this version';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.body_text IS 'Own words then';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.content_hash IS 'Hash of this version';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.state IS 'State then';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.seen_at IS 'When this version was first read';
--> statement-breakpoint
COMMENT ON TABLE captures IS 'Stored answers, so that pages can be extracted again without the network';
--> statement-breakpoint
COMMENT ON COLUMN captures.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN captures.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN captures.url IS 'Address that was asked for';
--> statement-breakpoint
COMMENT ON COLUMN captures.url_hash IS 'SHA-256 of the request';
--> statement-breakpoint
COMMENT ON COLUMN captures.kind IS 'article, comments, feed, sitemap, listing or not_an_article';
--> statement-breakpoint
COMMENT ON COLUMN captures.fetched_at IS 'When it was read';
--> statement-breakpoint
COMMENT ON COLUMN captures.status IS 'HTTP status';
--> statement-breakpoint
COMMENT ON COLUMN captures.headers IS 'Response headers, lower-case names';
--> statement-breakpoint
COMMENT ON COLUMN captures.body IS 'The body, decoded from the wire and compressed with gzip';
--> statement-breakpoint
COMMENT ON COLUMN captures.body_hash IS 'SHA-256 of the decoded body';
--> statement-breakpoint
COMMENT ON COLUMN captures.expires_at IS 'When it may be deleted';
--> statement-breakpoint
COMMENT ON TABLE runs IS 'Passes over sites';
--> statement-breakpoint
COMMENT ON COLUMN runs.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN runs.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN runs.job IS 'The command that ran it';
--> statement-breakpoint
COMMENT ON COLUMN runs.started_at IS 'Start';
--> statement-breakpoint
COMMENT ON COLUMN runs.finished_at IS 'End; null while it runs or when it was killed';
--> statement-breakpoint
COMMENT ON COLUMN runs.outcome IS 'done, partial (some pages failed), failed or interrupted';
--> statement-breakpoint
COMMENT ON COLUMN runs.counters IS 'The figures of the summary';
--> statement-breakpoint
COMMENT ON COLUMN runs.error IS 'Why the site as a whole failed, or null';
--> statement-breakpoint
COMMENT ON TABLE failures IS 'What went wrong with single pages, threads and sources';
--> statement-breakpoint
COMMENT ON COLUMN failures.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN failures.run_id IS 'The run';
--> statement-breakpoint
COMMENT ON COLUMN failures.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN failures.url IS 'Address';
--> statement-breakpoint
COMMENT ON COLUMN failures.stage IS 'discover, fetch, extract, comments or store';
--> statement-breakpoint
COMMENT ON COLUMN failures.class IS 'Kind of failure, from a closed list';
--> statement-breakpoint
COMMENT ON COLUMN failures.message IS 'What happened';
--> statement-breakpoint
COMMENT ON COLUMN failures.attempt IS 'How often it was tried in this run';
--> statement-breakpoint
COMMENT ON COLUMN failures.at IS 'When';
--> statement-breakpoint
COMMENT ON TABLE site_checks IS 'How well fields were filled in a run';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.run_id IS 'The run';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.at IS 'When';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.pages IS 'Pages that were extracted';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.fill_rates IS 'Field to share of pages on which it was found';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.alarms IS 'Alarms that were raised';
--> statement-breakpoint
COMMENT ON TABLE hosts IS 'When each host may be asked again; shared by all workers and kept over restarts';
--> statement-breakpoint
COMMENT ON COLUMN hosts.host IS 'Host name with port';
--> statement-breakpoint
COMMENT ON COLUMN hosts.next_allowed_at IS 'Earliest moment of the next request';
--> statement-breakpoint
COMMENT ON COLUMN hosts.retry_after_until IS 'The host asked us to stay away until then';
--> statement-breakpoint
COMMENT ON VIEW comment_tree IS 'Every comment with its article and its place in the thread; ordered by article_id, path it reads as a reader sees it';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.comment_id IS 'comments.id';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.thread_id IS 'The thread';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.article_title IS 'Headline';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.article_url IS 'Canonical address of the article';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.native_id IS 'The platform''s id';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.parent_id IS 'The comment that this one answers';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.root_id IS 'Top of the branch';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.depth IS '0 for a root';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.position IS 'Place in reading order';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.path IS 'Positions from the root down to this comment; sorts in reading order';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.reply_count IS 'Direct answers';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.author_name IS 'Writer';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.author_display IS 'Displayed name';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.author_key IS 'Stable key of the writer';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.published_at IS 'Time, UTC';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.published_precision IS 'How exact that is';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.body_text IS 'Own words';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.quotes IS 'Quoted passages';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.likes IS 'Votes for';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.dislikes IS 'Votes against';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.score IS 'Net score';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.state IS 'visible, withheld or removed';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.is_ping IS 'A pingback or trackback';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.parent_confidence IS 'high or low';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.revision IS 'Number of this version';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.permalink IS 'Address of the comment';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.first_seen_at IS 'When it was first read';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.changed_at IS 'When this version was first read';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.missing_since IS 'First complete pass that did not find it';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.removed_at IS 'When it was known to be removed';
--> statement-breakpoint
COMMENT ON VIEW thread_coverage IS 'For each thread what the site reports, what is held, and why they differ';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.thread_id IS 'threads.id';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.article_url IS 'Its address';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.article_title IS 'Its headline';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.platform IS 'Comment system';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.native_id IS 'The platform''s id of the thread';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.reported_count IS 'Comments that the site says there are';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.collected_count IS 'Comments that are held';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.coverage IS 'collected_count / reported_count; null when nothing is reported';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.complete IS 'The last pass read all of it';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.incomplete_reason IS 'Why not';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.closed IS 'No new comments are taken';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.checked_at IS 'When it was last read';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.next_check_at IS 'When it is due again';
--> statement-breakpoint
COMMENT ON VIEW comment_activity IS 'Comments per site and hour of publication';
--> statement-breakpoint
COMMENT ON COLUMN comment_activity.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN comment_activity.hour IS 'Start of the hour, UTC';
--> statement-breakpoint
COMMENT ON COLUMN comment_activity.comments IS 'Comments, without pings';
--> statement-breakpoint
COMMENT ON COLUMN comment_activity.authors IS 'Different writers';
--> statement-breakpoint
COMMENT ON COLUMN comment_activity.replies IS 'Comments that answer another';
--> statement-breakpoint
COMMENT ON COLUMN comment_activity.articles IS 'Articles commented on';
--> statement-breakpoint
COMMENT ON VIEW site_health IS 'The state of every site at a glance';
--> statement-breakpoint
COMMENT ON COLUMN site_health.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN site_health.name IS 'Its name';
--> statement-breakpoint
COMMENT ON COLUMN site_health.enabled IS 'False while paused';
--> statement-breakpoint
COMMENT ON COLUMN site_health.last_run_at IS 'Start of the last run';
--> statement-breakpoint
COMMENT ON COLUMN site_health.last_outcome IS 'How it ended';
--> statement-breakpoint
COMMENT ON COLUMN site_health.last_error IS 'Why it failed';
--> statement-breakpoint
COMMENT ON COLUMN site_health.state IS 'healthy, degraded, failing, paused or new';
--> statement-breakpoint
COMMENT ON COLUMN site_health.last_failures IS 'Failures in the last run';
--> statement-breakpoint
COMMENT ON COLUMN site_health.articles IS 'Articles held';
--> statement-breakpoint
COMMENT ON COLUMN site_health.newest_article_at IS 'Publication of the newest';
--> statement-breakpoint
COMMENT ON COLUMN site_health.threads IS 'Threads held';
--> statement-breakpoint
COMMENT ON COLUMN site_health.complete_threads IS 'Threads read in full';
--> statement-breakpoint
COMMENT ON VIEW article_history IS 'Every version of every article, the newest included';
--> statement-breakpoint
COMMENT ON COLUMN article_history.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN article_history.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN article_history.url IS 'Its address';
--> statement-breakpoint
COMMENT ON COLUMN article_history.revision IS 'Number of the version';
--> statement-breakpoint
COMMENT ON COLUMN article_history.title IS 'Headline then';
--> statement-breakpoint
COMMENT ON COLUMN article_history.body_text IS 'Text then';
--> statement-breakpoint
COMMENT ON COLUMN article_history.content_hash IS 'Hash of the version';
--> statement-breakpoint
COMMENT ON COLUMN article_history.seen_at IS 'When it was first read';
--> statement-breakpoint
COMMENT ON COLUMN article_history.extractor_version IS 'Extractor that read it';
--> statement-breakpoint
COMMENT ON COLUMN article_history.is_current IS 'True for the newest';
--> statement-breakpoint
COMMENT ON VIEW comment_history IS 'Every version of every comment, the newest included';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.comment_id IS 'The comment';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.thread_id IS 'The thread';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.native_id IS 'The platform''s id';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.author_name IS 'Writer';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.revision IS 'Number of the version';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.body_text IS 'Own words then';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.content_hash IS 'Hash of the version';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.state IS 'State then';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.seen_at IS 'When it was first read';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.is_current IS 'True for the newest';
--> statement-breakpoint
COMMENT ON VIEW syndicated_articles IS 'Articles whose text stands on more than one page';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.cluster_id IS 'Smallest article id of the cluster';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.copies IS 'Articles in the cluster';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.site_id IS 'Its site';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.url IS 'Its address';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.title IS 'Its headline';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.published_at IS 'Its time';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.is_likely_origin IS 'True for the earliest';
