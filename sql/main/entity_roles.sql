/*
One row per entity, article and role: what an article says that somebody is.

role: the role as written: "Defence Minister", "a deputy chairperson of the parliament"
*/
SELECT
    links.entity_id,
    entities.article_id,
    unnest(entities.roles) AS role
FROM raw.article_entities AS entities
JOIN raw.entity_links AS links USING (article_id, entity_no)
