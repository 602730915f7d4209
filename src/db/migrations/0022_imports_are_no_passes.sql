-- Pages that are brought from elsewhere tell nothing of how a site fares now.
CREATE OR REPLACE VIEW site_health AS
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
LEFT JOIN LATERAL (
  SELECT * FROM runs r WHERE r.site_id = s.id AND r.job NOT IN ('reextract', 'import') ORDER BY r.started_at DESC LIMIT 1
) last_run ON true;
