-- Of a sample of a large table far too few articles and threads are concluded, so that one of them is expected to hold
-- many times the comments that it does, and its tree to be worth compiling. Fifty are taken for an article, however
-- many comments there are.
ALTER TABLE comments ALTER COLUMN article_id SET (n_distinct = -0.02), ALTER COLUMN thread_id SET (n_distinct = -0.02);
