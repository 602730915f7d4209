CREATE TABLE "schedules" (
	"site_id" text PRIMARY KEY NOT NULL,
	"expression" text NOT NULL,
	"next_run_at" timestamp with time zone NOT NULL,
	"last_run_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "pace" jsonb;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
COMMENT ON TABLE schedules IS 'When each site is crawled next by its cron expression, for all schedulers';
--> statement-breakpoint
COMMENT ON COLUMN schedules.site_id IS 'The site';
--> statement-breakpoint
COMMENT ON COLUMN schedules.expression IS 'Cron expression and zone that next_run_at was worked out by';
--> statement-breakpoint
COMMENT ON COLUMN schedules.next_run_at IS 'The next slot; in the past while the pass over it has not ended';
--> statement-breakpoint
COMMENT ON COLUMN schedules.last_run_at IS 'When the last scheduled pass ended';
--> statement-breakpoint
COMMENT ON COLUMN threads.pace IS 'How fast the thread has been growing: {at, count, echoes}, from which next_check_at is worked out';
