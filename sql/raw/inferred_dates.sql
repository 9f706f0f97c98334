/*
One row per undated article that takes its date from its story.
*/
SELECT
    article_id,
    published_on
FROM read_parquet(getvariable('inferred_dates'))
