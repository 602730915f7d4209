COMMENT ON COLUMN articles.rules IS 'For each field, which rule gave it: layout, opening-post (of a topic of a forum), json-ld, metadata, microdata, heuristic, state (of a framework), or none';
