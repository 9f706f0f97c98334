/*
One row per block of every document behind a revision, kept or dropped.
*/
SELECT
    document_id,
    paragraph_no,
    role,
    text,
    raw_start,
    raw_end,
    char_start,
    char_end
FROM read_parquet(getvariable('blocks'))
