ALTER TABLE "threads" ADD COLUMN "last_position" integer;--> statement-breakpoint
COMMENT ON COLUMN threads.last_position IS 'While a long thread is read part by part: position of the comment that was stored last. Else null';
