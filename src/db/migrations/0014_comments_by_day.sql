DROP INDEX "comments_article_id_idx";--> statement-breakpoint
CREATE INDEX "comments_article_id_published_at_idx" ON "comments" USING btree ("article_id","published_at");--> statement-breakpoint
COMMENT ON FUNCTION drop_unused_capture_bodies() IS 'Lets go of the bytes that no stored answer refers to any more';
