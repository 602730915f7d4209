ALTER TABLE "comments" ADD COLUMN "is_edited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "is_pinned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "is_picked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "author_badges" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
CREATE INDEX "threads_platform_native_id_idx" ON "threads" USING btree ("platform","native_id");
--> statement-breakpoint
CREATE OR REPLACE VIEW comment_tree AS
SELECT c.id AS comment_id, c.thread_id, c.article_id, a.site_id, a.title AS article_title, a.url AS article_url,
  c.native_id, c.parent_id, c.root_id, c.depth, c.position, line.path, replies.reply_count,
  c.author_name, c.author_display, c.author_key, c.published_at, c.published_precision, c.body_text, c.quotes,
  c.likes, c.dislikes, c.score, c.state, c.is_ping, c.parent_confidence, c.revision, c.permalink,
  c.first_seen_at, c.changed_at, c.missing_since, c.removed_at,
  c.is_edited, c.edited_at, c.is_pinned, c.is_picked, c.author_badges
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
CREATE OR REPLACE VIEW thread_coverage AS
SELECT t.id AS thread_id, t.article_id, a.site_id, a.url AS article_url, a.title AS article_title, t.platform,
  t.native_id, t.reported_count, t.collected_count,
  CASE WHEN t.reported_count > 0 THEN round(t.collected_count::numeric / t.reported_count, 4) END AS coverage,
  t.complete, t.incomplete_reason, t.closed, t.checked_at, t.next_check_at,
  greatest(t.reported_count - t.collected_count, 0) AS missing_count
FROM threads t
JOIN articles a ON a.id = t.article_id;
--> statement-breakpoint
COMMENT ON COLUMN comments.is_edited IS 'Changed after it was published, as the platform marks it';
--> statement-breakpoint
COMMENT ON COLUMN comments.edited_at IS 'When that was, or null where the platform does not tell';
--> statement-breakpoint
COMMENT ON COLUMN comments.is_pinned IS 'Kept above the others, whatever the order';
--> statement-breakpoint
COMMENT ON COLUMN comments.is_picked IS 'Chosen by the newsroom, such as an editor''s pick';
--> statement-breakpoint
COMMENT ON COLUMN comments.author_badges IS 'What the platform says of the writer, in its own words, such as moderator or staff';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.is_edited IS 'Changed after it was published, as the platform marks it';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.edited_at IS 'When that was, or null where the platform does not tell';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.is_pinned IS 'Kept above the others, whatever the order';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.is_picked IS 'Chosen by the newsroom, such as an editor''s pick';
--> statement-breakpoint
COMMENT ON COLUMN comment_tree.author_badges IS 'What the platform says of the writer, in its own words, such as moderator or staff';
--> statement-breakpoint
COMMENT ON COLUMN thread_coverage.missing_count IS 'Comments that the site reports and we do not hold; null where it reports no number';
--> statement-breakpoint
COMMENT ON COLUMN threads.incomplete_reason IS 'Why the last pass did not read all of it, or null: shortfall, page_failed, capped, loop, not_found, shifted, robots, blocked, needs_token, needs_consent, needs_browser, unsupported, skipped, interrupted';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.alarms IS 'Alarms that were raised: [{kind, message, urls}]; kind is shared_thread or comments_vanished';
