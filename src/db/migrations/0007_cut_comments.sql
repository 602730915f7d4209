ALTER TABLE "comments" ADD COLUMN "is_cut" boolean DEFAULT false NOT NULL;--> statement-breakpoint
COMMENT ON COLUMN comments.is_cut IS 'The comment says more than the million characters that are kept; content_hash is over all of it';--> statement-breakpoint
COMMENT ON COLUMN comments.native_id IS 'The platform''s id within the thread, else a hash over author, time, parent, text and ordinal; with ~ and the row''s id behind it once the site gave it to another comment';--> statement-breakpoint
COMMENT ON COLUMN comment_states.evidence IS 'absence (in two complete passes), platform (its own mark, or a notice in place of the words), shown, or reused (its id was given to another comment)';
