CREATE TABLE "sources" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"url" text NOT NULL,
	"url_hash" text NOT NULL,
	"kind" text NOT NULL,
	"news_at" timestamp with time zone NOT NULL,
	"news_gap_seconds" integer,
	"next_check_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sources_site_id_url_hash_key" UNIQUE("site_id","url_hash")
);
--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "page_order" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "full_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "partial_checks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "announced_count" integer;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_page_order_check" CHECK ("threads"."page_order" is null or "threads"."page_order" in ('newest_first', 'newest_last', 'last_first'));--> statement-breakpoint
ALTER TABLE "captures" RENAME TO "capture_records";--> statement-breakpoint
ALTER SEQUENCE "captures_id_seq" RENAME TO "capture_records_id_seq";--> statement-breakpoint
ALTER TABLE "capture_records" RENAME CONSTRAINT "captures_site_id_sites_id_fk" TO "capture_records_site_id_sites_id_fk";--> statement-breakpoint
ALTER TABLE "capture_records" ADD COLUMN "body_key" text;--> statement-breakpoint
-- A gzip of nothing has twenty octets: such a capture is of a page that asks not to be kept.
UPDATE "capture_records" SET "body_key" = CASE WHEN octet_length("body") <= 20 THEN 'empty' ELSE "body_hash" END;--> statement-breakpoint
ALTER TABLE "capture_records" ALTER COLUMN "body_key" SET NOT NULL;--> statement-breakpoint
CREATE TABLE "capture_bodies" (
	"site_id" text NOT NULL,
	"body_key" text NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "capture_bodies_pkey" PRIMARY KEY("site_id","body_key")
);
--> statement-breakpoint
INSERT INTO "capture_bodies" SELECT DISTINCT ON ("site_id", "body_key") "site_id", "body_key", "body" FROM "capture_records" ORDER BY "site_id", "body_key", "id";--> statement-breakpoint
ALTER TABLE "capture_records" DROP COLUMN "body";--> statement-breakpoint
ALTER TABLE "capture_bodies" ADD CONSTRAINT "capture_bodies_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capture_records" ADD CONSTRAINT "capture_records_body_fk" FOREIGN KEY ("site_id","body_key") REFERENCES "public"."capture_bodies"("site_id","body_key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "capture_records_body_key_idx" ON "capture_records" USING btree ("site_id","body_key");--> statement-breakpoint
CREATE FUNCTION drop_unused_capture_bodies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM capture_bodies b USING (SELECT DISTINCT site_id, body_key FROM gone) g
  WHERE b.site_id = g.site_id AND b.body_key = g.body_key
    AND NOT EXISTS (SELECT FROM capture_records r WHERE r.site_id = b.site_id AND r.body_key = b.body_key);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER capture_records_gone AFTER DELETE ON capture_records
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_unused_capture_bodies();
--> statement-breakpoint
CREATE VIEW captures AS
SELECT r.id, r.site_id, r.url, r.url_hash, r.kind, r.fetched_at, r.status, r.headers, b.body, r.body_hash, r.expires_at
FROM capture_records r
LEFT JOIN capture_bodies b ON b.site_id = r.site_id AND b.body_key = r.body_key;
--> statement-breakpoint
CREATE RULE captures_delete AS ON DELETE TO captures DO INSTEAD DELETE FROM capture_records WHERE id = OLD.id;
--> statement-breakpoint
COMMENT ON VIEW captures IS 'Stored answers with their bytes, so that pages can be extracted again without the network; rows may be deleted';
--> statement-breakpoint
COMMENT ON COLUMN captures.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN captures.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN captures.url IS 'Address that was asked for';
--> statement-breakpoint
COMMENT ON COLUMN captures.url_hash IS 'SHA-256 of the request';
--> statement-breakpoint
COMMENT ON COLUMN captures.kind IS 'article, part (a further page of an article), comments, feed, sitemap, listing, not_an_article, or reserved (a page that asks machines not to keep it, without its bytes)';
--> statement-breakpoint
COMMENT ON COLUMN captures.fetched_at IS 'When it was read';
--> statement-breakpoint
COMMENT ON COLUMN captures.status IS 'HTTP status';
--> statement-breakpoint
COMMENT ON COLUMN captures.headers IS 'Response headers, lower-case names, with what the page says of itself and, as validators:untrue-since, since when its ETag is not believed';
--> statement-breakpoint
COMMENT ON COLUMN captures.body IS 'The body, decoded from the wire and compressed with gzip';
--> statement-breakpoint
COMMENT ON COLUMN captures.body_hash IS 'SHA-256 of the decoded body';
--> statement-breakpoint
COMMENT ON COLUMN captures.expires_at IS 'When it may be deleted';
--> statement-breakpoint
COMMENT ON TABLE capture_records IS 'Stored answers without their bytes';
--> statement-breakpoint
COMMENT ON COLUMN capture_records.headers IS 'Response headers, lower-case names, with what the page says of itself and, as validators:untrue-since, since when its ETag is not believed';
--> statement-breakpoint
COMMENT ON COLUMN capture_records.body_key IS 'Names the bytes within the site: the hash again, or empty where they may not be kept';
--> statement-breakpoint
COMMENT ON TABLE capture_bodies IS 'The bytes of stored answers, once for each site however many requests brought them';
--> statement-breakpoint
COMMENT ON COLUMN capture_bodies.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN capture_bodies.body_key IS 'Their hash, or empty';
--> statement-breakpoint
COMMENT ON COLUMN capture_bodies.body IS 'The body, decoded from the wire and compressed with gzip';
--> statement-breakpoint
COMMENT ON TABLE sources IS 'Where articles are announced, and how often that brought something new';
--> statement-breakpoint
COMMENT ON COLUMN sources.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN sources.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN sources.url IS 'Its address';
--> statement-breakpoint
COMMENT ON COLUMN sources.url_hash IS 'SHA-256 of the address';
--> statement-breakpoint
COMMENT ON COLUMN sources.kind IS 'feed, sitemap or listing';
--> statement-breakpoint
COMMENT ON COLUMN sources.news_at IS 'When it last named an article that was not held, or a count of comments that had moved';
--> statement-breakpoint
COMMENT ON COLUMN sources.news_gap_seconds IS 'The usual time between such moments, or null until there were two';
--> statement-breakpoint
COMMENT ON COLUMN sources.next_check_at IS 'It is asked from then on';
--> statement-breakpoint
COMMENT ON COLUMN threads.page_order IS 'Where the last full reading found the newest comments, for threads that may be read in part: newest_first, newest_last or last_first; else null';
--> statement-breakpoint
COMMENT ON COLUMN threads.full_checked_at IS 'When it was last read in full, for threads that may be read in part';
--> statement-breakpoint
COMMENT ON COLUMN threads.partial_checks IS 'Readings since then that ended where comments began that are held';
--> statement-breakpoint
COMMENT ON COLUMN threads.announced_count IS 'The number of comments that a feed told when it last differed from what was known';
