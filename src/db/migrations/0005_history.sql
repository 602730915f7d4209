CREATE TABLE "comment_states" (
	"comment_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"former_state" text NOT NULL,
	"state" text NOT NULL,
	"evidence" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "article_revisions" ADD COLUMN "cause" text DEFAULT 'site' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "revision_cause" text DEFAULT 'site' NOT NULL;--> statement-breakpoint
ALTER TABLE "comment_revisions" ADD COLUMN "cause" text DEFAULT 'site' NOT NULL;--> statement-breakpoint
ALTER TABLE "comment_revisions" ADD COLUMN "extractor_version" text DEFAULT '1' NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "revision_cause" text DEFAULT 'site' NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "redacted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "extractor_version" text DEFAULT '1' NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "extractor_version" text DEFAULT '1' NOT NULL;--> statement-breakpoint
ALTER TABLE "comment_states" ADD CONSTRAINT "comment_states_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_states_comment_id_at_idx" ON "comment_states" USING btree ("comment_id","at");--> statement-breakpoint
CREATE INDEX "comments_unredacted_idx" ON "comments" USING btree ("removed_at") WHERE "comments"."state" = 'removed' and "comments"."redacted_at" is null;--> statement-breakpoint
CREATE OR REPLACE VIEW article_history AS
SELECT a.id AS article_id, a.site_id, a.url, r.revision, r.title, r.body_text, r.content_hash, r.seen_at,
  r.extractor_version, false AS is_current, r.cause
FROM article_revisions r
JOIN articles a ON a.id = r.article_id
UNION ALL
SELECT a.id, a.site_id, a.url, a.revision, a.title, a.body_text, a.content_hash, a.changed_at, a.extractor_version,
  true, a.revision_cause
FROM articles a;
--> statement-breakpoint
CREATE OR REPLACE VIEW comment_history AS
SELECT c.id AS comment_id, c.thread_id, c.article_id, c.native_id, c.author_name, r.revision, r.body_text,
  r.content_hash, r.state, r.seen_at, false AS is_current, r.cause, r.extractor_version
FROM comment_revisions r
JOIN comments c ON c.id = r.comment_id
UNION ALL
SELECT c.id, c.thread_id, c.article_id, c.native_id, c.author_name, c.revision, c.body_text, c.content_hash, c.state,
  c.changed_at, true, c.revision_cause, c.extractor_version
FROM comments c;
--> statement-breakpoint
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
  SELECT * FROM runs r WHERE r.site_id = s.id AND r.job <> 'reextract' ORDER BY r.started_at DESC LIMIT 1
) last_run ON true;
--> statement-breakpoint
CREATE FUNCTION thread_as_of(thread_id bigint, moment timestamptz)
RETURNS TABLE (comment_id bigint, native_id text, parent_id bigint, root_id bigint, depth integer, "position" integer,
  author_name text, published_at timestamptz, revision integer, body_text text, state text)
LANGUAGE sql STABLE AS $$
  SELECT c.id, c.native_id, c.parent_id, c.root_id, c.depth, c.position, c.author_name, c.published_at,
    version.revision, version.body_text,
    coalesce(
      (SELECT s.state FROM comment_states s WHERE s.comment_id = c.id AND s.at <= $2 ORDER BY s.at DESC LIMIT 1),
      (SELECT s.former_state FROM comment_states s WHERE s.comment_id = c.id AND s.at > $2 ORDER BY s.at LIMIT 1),
      CASE WHEN c.removed_at > $2 THEN 'visible' ELSE c.state END)
  FROM comments c
  CROSS JOIN LATERAL (
    SELECT h.revision, h.body_text FROM comment_history h
    WHERE h.comment_id = c.id AND h.seen_at <= $2 ORDER BY h.seen_at DESC, h.revision DESC LIMIT 1
  ) version
  WHERE c.thread_id = $1 AND c.first_seen_at <= $2
  ORDER BY c.position
$$;
--> statement-breakpoint
COMMENT ON FUNCTION thread_as_of IS 'A thread as it was held to be at a moment: the version and the state of each comment then, in reading order; places are those of today';
--> statement-breakpoint
COMMENT ON TABLE comment_states IS 'Every change of a comment''s state after it was first seen, such as its removal and its return';
--> statement-breakpoint
COMMENT ON COLUMN comment_states.comment_id IS 'The comment';
--> statement-breakpoint
COMMENT ON COLUMN comment_states.at IS 'The visit at which the change was known';
--> statement-breakpoint
COMMENT ON COLUMN comment_states.former_state IS 'State before: visible, withheld or removed';
--> statement-breakpoint
COMMENT ON COLUMN comment_states.state IS 'State from then on';
--> statement-breakpoint
COMMENT ON COLUMN comment_states.evidence IS 'absence (in two complete passes), platform (its own mark, or a notice in place of the words) or shown';
--> statement-breakpoint
COMMENT ON COLUMN articles.revision_cause IS 'Who made this version differ from the one before: site, or extractor (the same bytes, read better)';
--> statement-breakpoint
COMMENT ON COLUMN article_revisions.cause IS 'Who made it differ from the version before: site or extractor';
--> statement-breakpoint
COMMENT ON COLUMN comments.revision_cause IS 'Who made this version differ from the one before: site, or extractor (the same bytes, read better)';
--> statement-breakpoint
COMMENT ON COLUMN comments.redacted_at IS 'When the words of this removed comment were let go, or null';
--> statement-breakpoint
COMMENT ON COLUMN comments.extractor_version IS 'Version of the extractor that read it';
--> statement-breakpoint
COMMENT ON COLUMN comments.content_hash IS 'SHA-256 over own words and quotes; redacted where they were let go';
--> statement-breakpoint
COMMENT ON COLUMN comments.state IS 'visible, withheld (awaits moderation or was hidden by it) or removed';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.cause IS 'Who made it differ from the version before: site or extractor';
--> statement-breakpoint
COMMENT ON COLUMN comment_revisions.extractor_version IS 'Version of the extractor that read it';
--> statement-breakpoint
COMMENT ON COLUMN threads.extractor_version IS 'Version of the extractor that read it last';
--> statement-breakpoint
COMMENT ON COLUMN article_history.cause IS 'Who made it differ from the version before: site or extractor';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.cause IS 'Who made it differ from the version before: site or extractor';
--> statement-breakpoint
COMMENT ON COLUMN comment_history.extractor_version IS 'Version of the extractor that read it';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.fill_rates IS 'Field to share of pages on which it was found; article to the share of pages that hold one';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.pages IS 'Pages that were read, articles or not';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.alarms IS 'Alarms that were raised: [{kind, message, urls}]; kind is shared_thread, comments_vanished or fields_vanished';
