/* Who said what in a story, who says most first: what several articles quote in the same words is one line. */
WITH said AS (
    SELECT
        entities.entity_id,
        entities.name,
        min(quotes.text) AS text,
        count(DISTINCT quotes.article_id) AS n_articles
    FROM quotes
    JOIN articles USING (article_id)
    JOIN entities ON quotes.speaker_entity_id = entities.entity_id
    WHERE articles.story_id = $story_id
    GROUP BY entities.entity_id, entities.name, regexp_replace(lower(quotes.text), '[^\pL\pN]+', ' ', 'g')
)

SELECT
    name,
    text,
    n_articles
FROM said
ORDER BY
    count(*) OVER (PARTITION BY entity_id) DESC,
    name,
    n_articles DESC,
    text
LIMIT $most
