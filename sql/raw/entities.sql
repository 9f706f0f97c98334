/*
One row per entity across the corpus.
*/
SELECT
    entity_id,
    name,
    label,
    aliases,
    country_code
FROM read_parquet(getvariable('entities'))
