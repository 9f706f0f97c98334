/*
One row per pair of sentences of a story that say the same thing with other figures.
*/
SELECT
    story_id,
    claim_id,
    other_claim_id,
    article_id,
    sentence_no,
    other_id,
    other_sentence_no,
    kind,
    value,
    other_value,
    explanation
FROM read_parquet(getvariable('conflicts'))
