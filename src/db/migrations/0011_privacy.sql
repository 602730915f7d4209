CREATE TABLE "erased_rows" (
	"table_name" text NOT NULL,
	"row_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "erasures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scope" text NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"letters" integer NOT NULL,
	"words" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "erasures_key" UNIQUE("scope","kind","hash")
);
--> statement-breakpoint
CREATE TABLE "privacy_keys" (
	"id" integer PRIMARY KEY NOT NULL,
	"check_value" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "erased_rows_table_name_idx" ON "erased_rows" USING btree ("table_name","row_id");
--> statement-breakpoint
COMMENT ON TABLE privacy_keys IS 'Which key pseudonyms and erasures are made with, so that a wrong one is refused; one row, without the key';
--> statement-breakpoint
COMMENT ON COLUMN privacy_keys.id IS 'Always 1';
--> statement-breakpoint
COMMENT ON COLUMN privacy_keys.check_value IS 'A keyed hash of a fixed text';
--> statement-breakpoint
COMMENT ON COLUMN privacy_keys.created_at IS 'When a key was first used';
--> statement-breakpoint
COMMENT ON TABLE erasures IS 'What must not be stored again, as keyed hashes';
--> statement-breakpoint
COMMENT ON COLUMN erasures.id IS 'Row id';
--> statement-breakpoint
COMMENT ON COLUMN erasures.scope IS 'Family of sites, or site, that it holds for; empty: all';
--> statement-breakpoint
COMMENT ON COLUMN erasures.kind IS 'writer (comments by that name or key), name (mentions in texts) or page';
--> statement-breakpoint
COMMENT ON COLUMN erasures.hash IS 'Keyed hash of the name, key or address';
--> statement-breakpoint
COMMENT ON COLUMN erasures.letters IS 'Letters of a name, so that not every word has to be hashed; else 0';
--> statement-breakpoint
COMMENT ON COLUMN erasures.words IS 'Words of a name; else 0';
--> statement-breakpoint
COMMENT ON COLUMN erasures.at IS 'When it was erased';
--> statement-breakpoint
COMMENT ON TABLE erased_rows IS 'Rows that were erased, or whose words changed with an erasure: to be dropped from copies that were exported before';
--> statement-breakpoint
COMMENT ON COLUMN erased_rows.table_name IS 'Table of the row';
--> statement-breakpoint
COMMENT ON COLUMN erased_rows.row_id IS 'Id of the row';
--> statement-breakpoint
COMMENT ON COLUMN erased_rows.at IS 'When it was erased';
