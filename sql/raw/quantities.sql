/*
One row per number with a meaning.
*/
SELECT
    article_id,
    sentence_no,
    text,
    char_start,
    char_end,
    value,
    value_max,
    unit,
    currency,
    kind,
    approximate,
    item
FROM read_parquet(getvariable('quantities'))
SEMI JOIN raw.current_texts USING (text_id)
