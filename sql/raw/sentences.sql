/*
One row per sentence of the body of each latest revision.
*/
SELECT
    article_id,
    sentence_no,
    paragraph_no,
    text,
    char_start,
    char_end
FROM read_parquet(getvariable('sentences'))
SEMI JOIN raw.current_texts USING (text_id)
