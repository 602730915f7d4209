CREATE SEQUENCE "public"."article_clusters" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "article_signatures" (
	"article_id" bigint PRIMARY KEY NOT NULL,
	"sketch" integer[],
	"figures" integer[],
	"cluster_id" bigint
);
--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "article_signatures" ADD CONSTRAINT "article_signatures_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "article_signatures_bands_idx" ON "article_signatures" USING gin ((sketch[1:20])) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "article_signatures_pending_idx" ON "article_signatures" USING btree ("article_id") WHERE "article_signatures"."sketch" is null;--> statement-breakpoint
CREATE INDEX "article_signatures_cluster_id_idx" ON "article_signatures" USING btree ("cluster_id","article_id") WHERE "article_signatures"."cluster_id" is not null;
--> statement-breakpoint
UPDATE comments SET language = a.language FROM articles a WHERE a.id = comments.article_id AND a.language IS NOT NULL;
--> statement-breakpoint
INSERT INTO article_signatures (article_id) SELECT id FROM articles;
--> statement-breakpoint
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS unaccent;
EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege THEN
  RAISE NOTICE 'without the extension unaccent, search tells accents apart';
END $$;
--> statement-breakpoint
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege THEN
  RAISE NOTICE 'without the extension pg_trgm, search_titles forgives no misspelling';
END $$;
--> statement-breakpoint
DO $$
DECLARE
  language text;
  stemmer text;
  unaccent text;
BEGIN
  SELECT format('%I.unaccent, ', n.nspname) INTO unaccent
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'unaccent';
  FOREACH language IN ARRAY ARRAY['simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french',
    'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali',
    'norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil',
    'turkish', 'yiddish']
  LOOP
    stemmer := CASE language WHEN 'simple' THEN 'simple' ELSE language || '_stem' END;
    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION search_%s (COPY = pg_catalog.%s)', language, language);
    IF unaccent IS NOT NULL THEN
      EXECUTE format('ALTER TEXT SEARCH CONFIGURATION search_%s ALTER MAPPING FOR hword, hword_part, word WITH %s pg_catalog.%s',
        language, unaccent, stemmer);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION search_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE split_part(lower($1), '-', 1)
  WHEN 'ar' THEN 'search_arabic'::regconfig
  WHEN 'hy' THEN 'search_armenian'::regconfig
  WHEN 'eu' THEN 'search_basque'::regconfig
  WHEN 'ca' THEN 'search_catalan'::regconfig
  WHEN 'da' THEN 'search_danish'::regconfig
  WHEN 'nl' THEN 'search_dutch'::regconfig
  WHEN 'en' THEN 'search_english'::regconfig
  WHEN 'fi' THEN 'search_finnish'::regconfig
  WHEN 'fr' THEN 'search_french'::regconfig
  WHEN 'de' THEN 'search_german'::regconfig
  WHEN 'el' THEN 'search_greek'::regconfig
  WHEN 'hi' THEN 'search_hindi'::regconfig
  WHEN 'hu' THEN 'search_hungarian'::regconfig
  WHEN 'id' THEN 'search_indonesian'::regconfig
  WHEN 'ga' THEN 'search_irish'::regconfig
  WHEN 'it' THEN 'search_italian'::regconfig
  WHEN 'lt' THEN 'search_lithuanian'::regconfig
  WHEN 'ne' THEN 'search_nepali'::regconfig
  WHEN 'no' THEN 'search_norwegian'::regconfig
  WHEN 'nb' THEN 'search_norwegian'::regconfig
  WHEN 'nn' THEN 'search_norwegian'::regconfig
  WHEN 'pt' THEN 'search_portuguese'::regconfig
  WHEN 'ro' THEN 'search_romanian'::regconfig
  WHEN 'ru' THEN 'search_russian'::regconfig
  WHEN 'sr' THEN 'search_serbian'::regconfig
  WHEN 'es' THEN 'search_spanish'::regconfig
  WHEN 'sv' THEN 'search_swedish'::regconfig
  WHEN 'ta' THEN 'search_tamil'::regconfig
  WHEN 'tr' THEN 'search_turkish'::regconfig
  WHEN 'yi' THEN 'search_yiddish'::regconfig
  ELSE 'search_simple'::regconfig
END;
--> statement-breakpoint
CREATE FUNCTION comment_words(language text, body_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector(search_configuration($1), left($2, 100000));
--> statement-breakpoint
CREATE FUNCTION article_words(language text, title text, subtitle text, body_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(search_configuration($1), left(coalesce($2, ''), 1000)), 'A')
  || setweight(to_tsvector(search_configuration($1), left(coalesce($3, ''), 2000)), 'B')
  || to_tsvector(search_configuration($1), left($4, 100000));
--> statement-breakpoint
CREATE FUNCTION search_query(query text, language text DEFAULT NULL) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN $2 IS NOT NULL THEN websearch_to_tsquery(search_configuration($2), left($1, 1000))
  ELSE (
    SELECT string_agg(DISTINCT '(' || asked::text || ')', ' | ')::tsquery
    FROM unnest(ARRAY['und', 'ar', 'hy', 'eu', 'ca', 'da', 'nl', 'en', 'fi', 'fr', 'de', 'el', 'hi', 'hu', 'id', 'ga', 'it',
      'lt', 'ne', 'no', 'pt', 'ro', 'ru', 'sr', 'es', 'sv', 'ta', 'tr', 'yi']) AS code,
      websearch_to_tsquery(search_configuration(code), left($1, 1000)) AS asked
    WHERE numnode(asked) > 0)
END;
--> statement-breakpoint
CREATE FUNCTION search_highlights(language text, body_text text, query tsquery) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ts_headline(search_configuration($1),
  replace(replace(replace(replace(left($2, 100000), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), $3,
  'StartSel=<mark>, StopSel=</mark>, MaxFragments=2, MinWords=8, MaxWords=30, FragmentDelimiter=" … "');
--> statement-breakpoint
CREATE FUNCTION search_articles(query text, language text DEFAULT NULL, most integer DEFAULT 20)
RETURNS TABLE (article_id bigint, site_id text, url text, title text, published_at timestamptz, rank real, highlights text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH found AS MATERIALIZED (
    SELECT a.id, article_words(a.language, a.title, a.subtitle, a.body_text) AS words,
      search_query($1, coalesce(a.language, 'und')) AS asked
    FROM articles a
    WHERE article_words(a.language, a.title, a.subtitle, a.body_text) @@ (SELECT search_query($1, $2))
      AND ($2 IS NULL OR search_configuration(a.language) = search_configuration($2))
    LIMIT 5000
  ), ranked AS MATERIALIZED (
    SELECT f.id, f.asked, ts_rank_cd(f.words, f.asked, 1) AS rank
    FROM found f WHERE f.words @@ f.asked
    ORDER BY rank DESC, f.id DESC LIMIT $3
  )
  SELECT a.id, a.site_id, a.url, a.title, a.published_at, r.rank, search_highlights(a.language, a.body_text, r.asked)
  FROM ranked r JOIN articles a ON a.id = r.id
  ORDER BY r.rank DESC, r.id DESC;
END;
--> statement-breakpoint
CREATE FUNCTION search_comments(query text, language text DEFAULT NULL, most integer DEFAULT 20)
RETURNS TABLE (comment_id bigint, article_id bigint, article_url text, article_title text, author_name text,
  published_at timestamptz, rank real, highlights text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH found AS MATERIALIZED (
    SELECT c.id, comment_words(c.language, c.body_text) AS words,
      search_query($1, coalesce(c.language, 'und')) AS asked
    FROM comments c
    WHERE comment_words(c.language, c.body_text) @@ (SELECT search_query($1, $2))
      AND ($2 IS NULL OR search_configuration(c.language) = search_configuration($2))
      AND c.state = 'visible' AND NOT c.is_ping
    LIMIT 5000
  ), ranked AS MATERIALIZED (
    SELECT f.id, f.asked, ts_rank_cd(f.words, f.asked, 1) AS rank
    FROM found f WHERE f.words @@ f.asked
    ORDER BY rank DESC, f.id DESC LIMIT $3
  )
  SELECT c.id, c.article_id, a.url, a.title, c.author_name, c.published_at, r.rank,
    search_highlights(c.language, c.body_text, r.asked)
  FROM ranked r JOIN comments c ON c.id = r.id JOIN articles a ON a.id = c.article_id
  ORDER BY r.rank DESC, r.id DESC;
END;
--> statement-breakpoint
CREATE INDEX "articles_words_idx" ON "articles" USING gin (article_words(language, title, subtitle, body_text));--> statement-breakpoint
CREATE INDEX "comments_words_idx" ON "comments" USING gin (comment_words(language, body_text));
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    EXECUTE 'CREATE INDEX articles_title_trigrams_idx ON articles USING gin (title gin_trgm_ops)';
    EXECUTE $function$
      CREATE FUNCTION search_titles(query text, most integer DEFAULT 20)
      RETURNS TABLE (article_id bigint, site_id text, url text, title text, published_at timestamptz, rank real)
      LANGUAGE sql STABLE PARALLEL SAFE SET pg_trgm.word_similarity_threshold = 0.4 AS $body$
        SELECT a.id, a.site_id, a.url, a.title, a.published_at, word_similarity($1, a.title) AS rank
        FROM articles a WHERE $1 <% a.title ORDER BY rank DESC, a.id DESC LIMIT $2
      $body$
    $function$;
  ELSE
    EXECUTE $function$
      CREATE FUNCTION search_titles(query text, most integer DEFAULT 20)
      RETURNS TABLE (article_id bigint, site_id text, url text, title text, published_at timestamptz, rank real)
      LANGUAGE sql STABLE PARALLEL SAFE AS $body$
        SELECT a.id, a.site_id, a.url, a.title, a.published_at, 1::real
        FROM articles a WHERE strpos(lower(a.title), lower($1)) > 0 ORDER BY a.id DESC LIMIT $2
      $body$
    $function$;
  END IF;
END $$;
--> statement-breakpoint
CREATE OR REPLACE VIEW syndicated_articles AS
WITH member AS (
  SELECT s.cluster_id, count(*) OVER cluster AS copies, a.id, a.site_id, a.url, a.title, a.published_at,
    a.body_text, s.sketch,
    first_value(a.id) OVER (cluster ORDER BY coalesce(a.published_at, a.first_seen_at), a.id) AS origin_id
  FROM article_signatures s
  JOIN articles a ON a.id = s.article_id
  WHERE s.cluster_id IS NOT NULL
  WINDOW cluster AS (PARTITION BY s.cluster_id)
)
SELECT m.cluster_id, m.copies, m.id AS article_id, m.site_id, m.url, m.title, m.published_at,
  m.id = m.origin_id AS is_likely_origin,
  m.origin_id AS likely_origin_id,
  CASE
    WHEN m.id = m.origin_id THEN 'origin'
    WHEN m.site_id = o.site_id AND m.body_text <> o.body_text THEN 'update'
    WHEN m.site_id = o.site_id AND m.title IS NOT DISTINCT FROM o.title THEN 'other_address'
    WHEN m.site_id = o.site_id THEN 'title_variant'
    WHEN m.body_text = o.body_text THEN 'copy'
    ELSE 'near_copy'
  END AS relation,
  m.title IS DISTINCT FROM o.title AS has_other_title,
  CASE WHEN m.body_text = o.body_text THEN 1.0 ELSE round(likeness.agreeing / 64.0, 2) END AS similarity
FROM member m
JOIN articles o ON o.id = m.origin_id
JOIN article_signatures origin ON origin.article_id = m.origin_id
CROSS JOIN LATERAL (
  SELECT count(*) AS agreeing FROM unnest(m.sketch, origin.sketch) AS pair(mine, theirs) WHERE mine = theirs
) likeness
WHERE m.copies > 1;
--> statement-breakpoint
COMMENT ON COLUMN comments.language IS 'BCP 47 language in which the words are searched: that of the article when the comment was first stored';
--> statement-breakpoint
COMMENT ON SEQUENCE article_clusters IS 'Numbers of clusters of articles; they are never used again';
--> statement-breakpoint
COMMENT ON TABLE article_signatures IS 'What the text of each article is like, so that copies of it are found on all sites';
--> statement-breakpoint
COMMENT ON COLUMN article_signatures.article_id IS 'The article';
--> statement-breakpoint
COMMENT ON COLUMN article_signatures.sketch IS '64 MinHash values over runs of ten words: the share that two articles agree on estimates the share of their text that they have in common. Null until the newest version was looked at, empty for less than 20 words';
--> statement-breakpoint
COMMENT ON COLUMN article_signatures.figures IS 'Hashes of the numbers in the text; reports that are written to a pattern differ in them';
--> statement-breakpoint
COMMENT ON COLUMN article_signatures.cluster_id IS 'Number of the cluster of articles with nearly the same text, or null';
--> statement-breakpoint
COMMENT ON VIEW syndicated_articles IS 'Articles that say nearly the same, on one site or many, with the one that they likely come from';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.cluster_id IS 'Number of the cluster';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.copies IS 'Articles in the cluster';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.is_likely_origin IS 'True for the article that was published first, or seen first where no time is known';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.likely_origin_id IS 'That article';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.relation IS 'What it is to the likely origin: origin; on the same site other_address (the same words), title_variant (the same text under another headline) or update (the text written on); on another site copy (the same text) or near_copy (cut, edited or framed)';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.has_other_title IS 'The headline differs from that of the likely origin';
--> statement-breakpoint
COMMENT ON COLUMN syndicated_articles.similarity IS 'Share of the text that it has in common with the likely origin: 1 for the same text, else estimated, give or take 0.06';
--> statement-breakpoint
COMMENT ON FUNCTION search_configuration IS 'Text search configuration for a BCP 47 language: search_ and its name, search_simple for one without stemming rules';
--> statement-breakpoint
COMMENT ON FUNCTION comment_words IS 'Words of a comment as they are searched: stems, without accents where the extension unaccent is there; the first 100,000 characters';
--> statement-breakpoint
COMMENT ON FUNCTION article_words IS 'Words of an article as they are searched: headline before standfirst before text; the first 100,000 characters';
--> statement-breakpoint
COMMENT ON FUNCTION search_query IS 'What a person typed ("quotes" for phrases, or, -not) as a query in one language, or in all of them for null';
--> statement-breakpoint
COMMENT ON FUNCTION search_highlights IS 'The passages of a text that a query finds, as escaped HTML with <mark> around the words';
--> statement-breakpoint
COMMENT ON FUNCTION search_articles IS 'Articles that have the words, best first, with highlighted passages; in one language or, for null, each in its own. Of more than 5,000 articles any 5,000 are ranked';
--> statement-breakpoint
COMMENT ON FUNCTION search_comments IS 'Visible comments that have the words, best first, with highlighted passages; in one language or, for null, each in its own. Of more than 5,000 comments any 5,000 are ranked';
--> statement-breakpoint
COMMENT ON FUNCTION search_titles IS 'Articles whose headline is like the words, misspelt or not; without the extension pg_trgm, articles whose headline has them';
