/*
One row per entity that is mentioned, with its counts.
*/
WITH counts AS (
    SELECT
        entity_id,
        count(*) AS n_mentions,
        count(DISTINCT article_id) AS n_articles
    FROM core.mentions
    GROUP BY entity_id
)

SELECT
    entities.entity_id,
    entities.name,
    entities.label,
    entities.aliases,
    entities.country_code,
    counts.n_mentions,
    counts.n_articles
FROM raw.entities AS entities
JOIN counts USING (entity_id)
