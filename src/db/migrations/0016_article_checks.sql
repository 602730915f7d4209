CREATE TABLE "article_checks" (
	"article_id" bigint PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"next_check_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "articles_next_check_at_idx";--> statement-breakpoint
ALTER TABLE "article_checks" ADD CONSTRAINT "article_checks_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "article_checks_checked_at_idx" ON "article_checks" USING btree ("site_id","checked_at");--> statement-breakpoint
CREATE INDEX "article_checks_next_check_at_idx" ON "article_checks" USING btree ("site_id","next_check_at");--> statement-breakpoint
INSERT INTO article_checks (article_id, site_id, checked_at, next_check_at)
SELECT id, site_id, checked_at, next_check_at FROM articles WHERE next_check_at IS NOT NULL;
--> statement-breakpoint
ALTER TABLE "articles" DROP COLUMN "next_check_at";
--> statement-breakpoint
-- Room on each page for the row that a visit writes anew: it stays there, and so do its index entries.
ALTER TABLE articles SET (fillfactor = 85);
--> statement-breakpoint
COMMENT ON TABLE article_checks IS 'When each article was looked at and is due again; apart from the articles, because it changes at every visit';
--> statement-breakpoint
COMMENT ON COLUMN article_checks.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN article_checks.site_id IS 'Its site';
--> statement-breakpoint
COMMENT ON COLUMN article_checks.checked_at IS 'When it was last looked at, as in articles';
--> statement-breakpoint
COMMENT ON COLUMN article_checks.next_check_at IS 'It is asked for from then on';