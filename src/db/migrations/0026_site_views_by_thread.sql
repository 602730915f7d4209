-- A thread knows its site: nothing of other sites is read for what is asked of one.
CREATE OR REPLACE VIEW thread_coverage AS
SELECT t.id AS thread_id, t.article_id, t.site_id, a.url AS article_url, a.title AS article_title, t.platform,
  t.native_id, t.reported_count, t.collected_count,
  CASE WHEN t.reported_count > 0 THEN round(t.collected_count::numeric / t.reported_count, 4) END AS coverage,
  t.complete, t.incomplete_reason, t.closed, t.checked_at, t.next_check_at,
  greatest(t.reported_count - t.collected_count, 0) AS missing_count
FROM threads t
JOIN articles a ON a.id = t.article_id;
--> statement-breakpoint
CREATE OR REPLACE VIEW site_health AS
SELECT s.id AS site_id, s.name, s.enabled, last_run.started_at AS last_run_at, last_run.outcome AS last_outcome,
  last_run.error AS last_error, now_is.state,
  (SELECT count(*)::int FROM failures f WHERE f.run_id = last_run.id) AS last_failures,
  (SELECT count(*)::int FROM articles a WHERE a.site_id = s.id) AS articles,
  (SELECT max(a.published_at) FROM articles a WHERE a.site_id = s.id) AS newest_article_at,
  (SELECT count(*)::int FROM threads t WHERE t.site_id = s.id) AS threads,
  (SELECT count(*)::int FROM threads t WHERE t.site_id = s.id AND t.complete) AS complete_threads,
  now_is.reason, now_is.since
FROM sites s
LEFT JOIN LATERAL (
  SELECT * FROM runs r WHERE r.site_id = s.id AND r.job NOT IN ('reextract', 'import') ORDER BY r.started_at DESC LIMIT 1
) last_run ON true
LEFT JOIN schedules p ON p.site_id = s.id
CROSS JOIN LATERAL (
  SELECT (array_agg(r.state ORDER BY r.started_at DESC))[1] AS state,
    (array_agg(r.reason ORDER BY r.started_at DESC))[1] AS reason,
    min(r.started_at) FILTER (WHERE r.others = 0) AS since
  FROM (
    SELECT j.*, count(*) FILTER (WHERE j.state <> j.newest) OVER (ORDER BY j.started_at DESC) AS others
    FROM (
      SELECT l.*, first_value(l.state) OVER (ORDER BY l.started_at DESC) AS newest
      FROM (
        SELECT * FROM runs r
        WHERE r.site_id = s.id AND r.job NOT IN ('reextract', 'import') AND r.state IS NOT NULL
        ORDER BY r.started_at DESC LIMIT 100
      ) l
    ) j
  ) r
) judged
CROSS JOIN LATERAL (
  SELECT coalesce(judged.state, 'healthy') = 'healthy'
    AND greatest(p.next_run_at, last_run.started_at) < now() - interval '2 hours' AND p.next_run_at IS NOT NULL AS is_overdue
) clock
CROSS JOIN LATERAL (
  SELECT 'paused' AS state, 'its declaration says `enabled: false`' AS reason, NULL::timestamptz AS since
  WHERE NOT s.enabled
  UNION ALL
  SELECT 'degraded', 'its pass is overdue: see that `npm run schedule` (or a worker) runs', p.next_run_at
  WHERE s.enabled AND clock.is_overdue
  UNION ALL
  SELECT coalesce(judged.state, 'new'), coalesce(judged.reason, 'no pass over it has ended yet'), judged.since
  WHERE s.enabled AND clock.is_overdue IS NOT TRUE
) now_is;
