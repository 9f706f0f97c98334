/*
One row per entity of an article, as that article shows it.

entity_no: number of the entity within its article, from 0
name: the fullest name that the article gives
aliases: what else the article calls it
roles: what the article says that it is, as written
*/
SELECT
    article_id,
    entity_no,
    name,
    label,
    aliases,
    country_code,
    roles
FROM read_parquet(getvariable('article_entities'))
SEMI JOIN raw.current_texts USING (text_id)
