ALTER TABLE "runs" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reason" text;
--> statement-breakpoint
UPDATE runs SET
  state = CASE outcome
    WHEN 'done' THEN 'healthy'
    WHEN 'failed' THEN 'failing'
    WHEN 'partial' THEN CASE WHEN failed > 0 AND failed >= tried * 0.1 THEN 'degraded' ELSE 'healthy' END
  END,
  reason = CASE outcome
    WHEN 'failed' THEN coalesce(split_part(error, E'\n', 1), 'it failed')
    ELSE failed || ' of ' || tried || ' pages failed'
  END
FROM (
  SELECT counted.id, failed, failed + coalesce((counters->>'pages')::int, 0) + coalesce((counters->>'notArticles')::int, 0) AS tried
  FROM runs counted CROSS JOIN LATERAL (
    SELECT coalesce(sum(value::int), 0)::int AS failed FROM jsonb_each_text(coalesce(counted.counters->'failures', '{}'))
    WHERE key NOT IN ('gone', 'not_an_article')
  ) f
) c
WHERE c.id = runs.id AND finished_at IS NOT NULL AND outcome IN ('done', 'partial', 'failed')
  AND job NOT IN ('reextract', 'import');
--> statement-breakpoint
-- Pages that are brought from elsewhere, or stored, tell nothing of how a site fares now.
CREATE OR REPLACE VIEW site_health AS
SELECT s.id AS site_id, s.name, s.enabled, last_run.started_at AS last_run_at, last_run.outcome AS last_outcome,
  last_run.error AS last_error, now_is.state,
  (SELECT count(*)::int FROM failures f WHERE f.run_id = last_run.id) AS last_failures,
  (SELECT count(*)::int FROM articles a WHERE a.site_id = s.id) AS articles,
  (SELECT max(a.published_at) FROM articles a WHERE a.site_id = s.id) AS newest_article_at,
  (SELECT count(*)::int FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.site_id = s.id) AS threads,
  (SELECT count(*)::int FROM threads t JOIN articles a ON a.id = t.article_id
    WHERE a.site_id = s.id AND t.complete) AS complete_threads,
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
--> statement-breakpoint
COMMENT ON COLUMN runs.state IS 'What the run said of the site: healthy, degraded, failing or blocked; null where it was cut short';
--> statement-breakpoint
COMMENT ON COLUMN runs.reason IS 'Why, in a sentence; alarms are named by their kind';
--> statement-breakpoint
COMMENT ON COLUMN site_health.state IS 'healthy, degraded (read, but something is wrong), failing (not read), blocked (the site refuses us), paused or new';
--> statement-breakpoint
COMMENT ON COLUMN site_health.reason IS 'Why, in a sentence';
--> statement-breakpoint
COMMENT ON COLUMN site_health.since IS 'Start of the first run of the unbroken row, among the last hundred, that said the same';
