DROP INDEX "capture_records_body_key_idx";--> statement-breakpoint
CREATE INDEX "capture_records_body_key_idx" ON "capture_records" USING btree ("body_key","site_id");