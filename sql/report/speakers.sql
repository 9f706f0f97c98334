/* Who is quoted in most articles. */
SELECT
    entities.name,
    count(DISTINCT quotes.article_id) AS n_articles,
    count(DISTINCT quotes.statement_id) AS n_statements
FROM quotes
JOIN entities ON quotes.speaker_entity_id = entities.entity_id
GROUP BY ALL
ORDER BY n_articles DESC, n_statements DESC, entities.name
LIMIT $most
