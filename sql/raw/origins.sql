/*
One row per article whose text came from elsewhere, as far as that can be told.
*/
SELECT
    article_id,
    origin,
    origin_article_id,
    evidence
FROM read_parquet(getvariable('origins'))
