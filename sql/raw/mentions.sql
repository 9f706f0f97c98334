/*
One row per mention of an entity.
*/
SELECT
    article_id,
    sentence_no,
    entity_no,
    label,
    text,
    char_start,
    char_end
FROM read_parquet(getvariable('mentions'))
SEMI JOIN raw.current_texts USING (text_id)
