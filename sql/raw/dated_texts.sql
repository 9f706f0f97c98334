/*
One row per undated article that was read again with the day of its story: those annotations count.
*/
SELECT
    article_id,
    text_id
FROM read_parquet(getvariable('dated_texts'))
