/*
One row per time expression.
*/
SELECT
    article_id,
    sentence_no,
    text,
    char_start,
    char_end,
    timex_type,
    timex_value,
    begins_on,
    ends_on
FROM read_parquet(getvariable('times'))
SEMI JOIN raw.current_texts USING (text_id)
