CREATE TABLE "article_urls" (
	"site_id" text NOT NULL,
	"url_hash" text NOT NULL,
	"url" text NOT NULL,
	"article_id" bigint NOT NULL,
	CONSTRAINT "article_urls_key" UNIQUE("site_id","url_hash")
);
--> statement-breakpoint
CREATE TABLE "article_revisions" (
	"article_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"title" text,
	"body_text" text NOT NULL,
	"content_hash" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"extractor_version" text NOT NULL,
	CONSTRAINT "article_revisions_key" UNIQUE("article_id","revision")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "articles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"url" text NOT NULL,
	"url_hash" text NOT NULL,
	"native_id" text,
	"title" text,
	"subtitle" text,
	"authors" text[] NOT NULL,
	"section" text,
	"tags" text[] NOT NULL,
	"language" text,
	"published_at" timestamp with time zone,
	"modified_at" timestamp with time zone,
	"body_text" text NOT NULL,
	"body_html" text NOT NULL,
	"excerpt" text,
	"image_url" text,
	"rules" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"extractor_version" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"next_check_at" timestamp with time zone,
	"gone_at" timestamp with time zone,
	"duplicate_of" bigint,
	CONSTRAINT "articles_site_id_url_hash_key" UNIQUE("site_id","url_hash")
);
--> statement-breakpoint
CREATE TABLE "captures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "captures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"url" text NOT NULL,
	"url_hash" text NOT NULL,
	"kind" text NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	"status" integer NOT NULL,
	"headers" jsonb NOT NULL,
	"body" "bytea" NOT NULL,
	"body_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comment_revisions" (
	"comment_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"body_text" text NOT NULL,
	"content_hash" text NOT NULL,
	"state" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "comment_revisions_key" UNIQUE("comment_id","revision")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "comments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"thread_id" bigint NOT NULL,
	"article_id" bigint NOT NULL,
	"native_id" text NOT NULL,
	"parent_id" bigint,
	"parent_native_id" text,
	"root_id" bigint NOT NULL,
	"depth" integer NOT NULL,
	"position" integer NOT NULL,
	"author_name" text,
	"author_display" text,
	"author_key" text,
	"published_at" timestamp with time zone,
	"published_precision" text,
	"published_raw" text,
	"body_text" text NOT NULL,
	"body_html" text NOT NULL,
	"quotes" jsonb NOT NULL,
	"likes" integer,
	"dislikes" integer,
	"score" integer,
	"state" text NOT NULL,
	"is_ping" boolean NOT NULL,
	"parent_confidence" text NOT NULL,
	"content_hash" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"permalink" text,
	"observed" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"missing_since" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "comments_thread_id_native_id_key" UNIQUE("thread_id","native_id"),
	CONSTRAINT "comments_state_check" CHECK ("comments"."state" in ('visible', 'withheld', 'removed')),
	CONSTRAINT "comments_published_precision_check" CHECK ("comments"."published_precision" in ('second', 'minute', 'day', 'relative'))
);
--> statement-breakpoint
CREATE TABLE "hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"next_allowed_at" timestamp with time zone,
	"retry_after_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "failures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "failures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"site_id" text NOT NULL,
	"url" text,
	"stage" text NOT NULL,
	"class" text NOT NULL,
	"message" text NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"job" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"counters" jsonb,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "site_checks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site_checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"run_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"pages" integer NOT NULL,
	"fill_rates" jsonb NOT NULL,
	"alarms" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"family" text,
	"is_family_source" boolean DEFAULT false NOT NULL,
	"language" text,
	"timezone" text,
	"enabled" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "threads_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"article_id" bigint NOT NULL,
	"platform" text NOT NULL,
	"native_id" text NOT NULL,
	"reported_count" integer,
	"collected_count" integer DEFAULT 0 NOT NULL,
	"complete" boolean DEFAULT false NOT NULL,
	"incomplete_reason" text,
	"closed" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	CONSTRAINT "threads_article_id_platform_native_id_key" UNIQUE("article_id","platform","native_id"),
	CONSTRAINT "threads_incomplete_reason_check" CHECK ("threads"."incomplete_reason" is null or "threads"."incomplete_reason" in ('shortfall', 'page_failed', 'capped', 'loop', 'not_found', 'shifted', 'robots', 'blocked', 'needs_token', 'needs_consent', 'needs_browser', 'unsupported', 'skipped', 'interrupted'))
);
--> statement-breakpoint
ALTER TABLE "article_urls" ADD CONSTRAINT "article_urls_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_revisions" ADD CONSTRAINT "article_revisions_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_revisions" ADD CONSTRAINT "comment_revisions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failures" ADD CONSTRAINT "failures_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_checks" ADD CONSTRAINT "site_checks_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_native_id_idx" ON "articles" USING btree ("site_id","native_id");--> statement-breakpoint
CREATE INDEX "articles_published_at_idx" ON "articles" USING btree ("site_id","published_at");--> statement-breakpoint
CREATE INDEX "articles_next_check_at_idx" ON "articles" USING btree ("site_id","next_check_at");--> statement-breakpoint
CREATE INDEX "articles_content_hash_idx" ON "articles" USING btree ("content_hash");--> statement-breakpoint
CREATE INDEX "captures_url_hash_idx" ON "captures" USING btree ("site_id","url_hash","fetched_at");--> statement-breakpoint
CREATE INDEX "captures_expires_at_idx" ON "captures" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "comments_article_id_idx" ON "comments" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "comments_parent_id_idx" ON "comments" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "comments_author_key_idx" ON "comments" USING btree ("author_key");--> statement-breakpoint
CREATE INDEX "comments_published_at_idx" ON "comments" USING btree ("published_at");--> statement-breakpoint
CREATE INDEX "failures_run_id_idx" ON "failures" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "failures_site_id_at_idx" ON "failures" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "runs_site_id_started_at_idx" ON "runs" USING btree ("site_id","started_at");--> statement-breakpoint
CREATE INDEX "site_checks_site_id_at_idx" ON "site_checks" USING btree ("site_id","at");--> statement-breakpoint
CREATE INDEX "threads_next_check_at_idx" ON "threads" USING btree ("next_check_at");