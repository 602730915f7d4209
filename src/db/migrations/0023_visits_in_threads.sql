ALTER TABLE "articles" ADD COLUMN "reading_key" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "site_id" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "article_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "article_next_check_at" timestamp with time zone;--> statement-breakpoint
WITH visits AS (
  DELETE FROM article_checks WHERE article_id IN (SELECT article_id FROM threads)
  RETURNING article_id, checked_at, next_check_at
)
UPDATE threads SET site_id = articles.site_id,
  article_checked_at = CASE WHEN first.id = threads.id THEN visits.checked_at END,
  article_next_check_at = CASE WHEN first.id = threads.id THEN visits.next_check_at END
FROM articles
LEFT JOIN visits ON visits.article_id = articles.id
LEFT JOIN (SELECT article_id, min(id) AS id FROM threads GROUP BY article_id) first ON first.article_id = articles.id
WHERE articles.id = threads.article_id;
--> statement-breakpoint
ALTER TABLE "threads" ALTER COLUMN "site_id" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "threads_article_checked_at_idx" ON "threads" USING btree ("site_id","article_checked_at");--> statement-breakpoint
CREATE INDEX "threads_article_next_check_at_idx" ON "threads" USING btree ("site_id","article_next_check_at");--> statement-breakpoint
-- Keys are not taken over, which would write every article anew: each page is read once more when it is looked at.
ALTER TABLE "article_checks" DROP COLUMN "reading_key";--> statement-breakpoint
CREATE VIEW article_visits AS
SELECT article_id, site_id, checked_at, next_check_at FROM article_checks
UNION ALL
SELECT article_id, site_id, article_checked_at, article_next_check_at FROM threads WHERE article_next_check_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON TABLE article_checks IS 'When each article without threads was looked at and is due again; of others its thread tells it: article_visits has both';
--> statement-breakpoint
COMMENT ON COLUMN articles.reading_key IS 'Names the page and all else that its last reading depended on, where the page alone brought all of it: as long as the key is the same the page is not read again, only that it was looked at is noted; null: to be read whenever it is looked at';
--> statement-breakpoint
COMMENT ON COLUMN threads.site_id IS 'The site of its article';
--> statement-breakpoint
COMMENT ON COLUMN threads.article_checked_at IS 'When the article''s page was last looked at, as in articles; null: another thread of the article tells it';
--> statement-breakpoint
COMMENT ON COLUMN threads.article_next_check_at IS 'The article''s page is asked for from then on; null: another thread of the article tells it';
--> statement-breakpoint
COMMENT ON VIEW article_visits IS 'When each article was looked at and is due again, one row for each article';
--> statement-breakpoint
COMMENT ON COLUMN article_visits.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN article_visits.site_id IS 'Its site';
--> statement-breakpoint
COMMENT ON COLUMN article_visits.checked_at IS 'When it was last looked at, as in articles';
--> statement-breakpoint
COMMENT ON COLUMN article_visits.next_check_at IS 'It is asked for from then on';
