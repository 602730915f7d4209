ALTER TABLE "article_checks" ADD COLUMN "reading_key" text;--> statement-breakpoint
COMMENT ON COLUMN article_checks.reading_key IS 'Names the page and all else that its last reading depended on, where the page alone brought all of it: as long as the key is the same the page is not read again, only that it was looked at is noted; null: to be read whenever it is looked at';
