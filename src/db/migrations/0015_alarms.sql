ALTER TABLE "schedules" ADD COLUMN "unwell_passes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "site_checks" ADD COLUMN "figures" jsonb;--> statement-breakpoint
ALTER TABLE "site_checks" ADD COLUMN "told_at" timestamp with time zone;--> statement-breakpoint
COMMENT ON COLUMN schedules.unwell_passes IS 'Passes in a row, the last one included, that were refused or could hardly read anything; the slots are the farther apart';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.alarms IS 'Alarms that stand after the pass: [{kind, subject, message, urls, since}]; the kinds are told in docs/operators.md';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.figures IS 'What the pass counted for its alarms, or null in checks of older versions: {tried, refused, walls, failed, newArticles, threads, incompleteThreads, comments, dated, futureDates, texts, damagedTexts, due, feedNews}';
--> statement-breakpoint
COMMENT ON COLUMN site_checks.told_at IS 'When the webhook had been told of all changes up to this pass, or null';
