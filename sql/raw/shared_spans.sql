/*
One row per run of text that two articles share.
*/
SELECT
    article_id,
    other_id,
    char_start,
    char_end,
    other_start,
    other_end
FROM read_parquet(getvariable('shared_spans'))
