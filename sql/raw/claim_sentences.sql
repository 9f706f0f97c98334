/*
One row per sentence behind a claim.
*/
SELECT
    claim_id,
    article_id,
    sentence_no,
    source_group,
    evidence
FROM read_parquet(getvariable('claim_sentences'))
