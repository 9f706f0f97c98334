/*
One row per entity of an article: which entity of the corpus it is.

entity_no: number of the entity within its article, from 0
*/
SELECT
    article_id,
    entity_no,
    entity_id
FROM read_parquet(getvariable('entity_links'))
