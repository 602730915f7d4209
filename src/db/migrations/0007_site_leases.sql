CREATE TABLE "site_leases" (
	"site_id" text PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"holder" text,
	"session_pid" integer,
	"session_started_at" timestamp with time zone,
	"renewed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "comments_article_id_idx";--> statement-breakpoint
CREATE INDEX "comments_article_id_published_at_idx" ON "comments" USING btree ("article_id","published_at");--> statement-breakpoint
ALTER TABLE "hosts" ADD COLUMN "in_flight" timestamp with time zone[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
COMMENT ON TABLE site_leases IS 'Who may crawl each site: one process at a time, over all machines';
--> statement-breakpoint
COMMENT ON COLUMN site_leases.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN site_leases.epoch IS 'Number of times that the site was taken; what is written under an earlier one is refused';
--> statement-breakpoint
COMMENT ON COLUMN site_leases.holder IS 'Machine and process that crawl the site, or null when nobody does';
--> statement-breakpoint
COMMENT ON COLUMN site_leases.session_pid IS 'Database session of the holder: the site is free when it has ended';
--> statement-breakpoint
COMMENT ON COLUMN site_leases.session_started_at IS 'When that session began, for its number is used again';
--> statement-breakpoint
COMMENT ON COLUMN site_leases.renewed_at IS 'When the holder was last heard of; after 20 seconds the site is free';
--> statement-breakpoint
COMMENT ON COLUMN hosts.in_flight IS 'For each request that is under way, when its turn is over should its process be lost';
