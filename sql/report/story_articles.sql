/* The articles of a story, earliest first, with where their text came from. */
SELECT
    articles.article_id,
    coalesce(articles.outlet, parse_filename(articles.source_uri)) AS outlet,
    articles.title,
    articles.url,
    articles.published_on,
    articles.n_words,
    origins.origin,
    array_to_string(origins.evidence, ', ') AS evidence
FROM articles
LEFT JOIN origins USING (article_id)
WHERE articles.story_id = $story_id
ORDER BY articles.published_on NULLS LAST, articles.published_at NULLS LAST, articles.article_id
LIMIT $most
