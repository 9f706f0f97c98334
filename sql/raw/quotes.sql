/*
One row per fragment of an attributed statement.

quote_no: number of the fragment within its article, from 0
statement_no: number of the statement that the fragment belongs to, within its article
speaker_entity_no: the speaker's entity within the article
*/
SELECT
    article_id,
    sentence_no,
    quote_no,
    statement_no,
    kind,
    text,
    char_start,
    char_end,
    cue,
    cue_start,
    cue_end,
    speaker,
    speaker_start,
    speaker_end,
    speaker_entity_no
FROM read_parquet(getvariable('quotes'))
SEMI JOIN raw.current_texts USING (text_id)
