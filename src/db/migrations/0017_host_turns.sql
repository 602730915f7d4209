ALTER TABLE "hosts" ALTER COLUMN "in_flight" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "hosts" ALTER COLUMN "in_flight" SET DATA TYPE jsonb USING '{}'::jsonb;--> statement-breakpoint
ALTER TABLE "hosts" ALTER COLUMN "in_flight" SET DEFAULT '{}'::jsonb;--> statement-breakpoint
COMMENT ON COLUMN hosts.in_flight IS 'The requests that are under way, by the ticket of each: when its turn is over should its process stand still, and the database session of its process, with which it ends too';
