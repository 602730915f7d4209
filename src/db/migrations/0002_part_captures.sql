COMMENT ON COLUMN captures.kind IS 'article, part (a further page of an article), comments, feed, sitemap, listing or not_an_article';
