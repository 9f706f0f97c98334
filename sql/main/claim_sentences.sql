/*
One row per sentence behind a claim.

source_group: equal where the sentences come from one text or one named source
evidence: why the sentence shares its group: text, credit or speaker; NULL where it stands alone
*/
SELECT
    claim_id,
    article_id,
    sentence_no,
    source_group,
    evidence
FROM raw.claim_sentences
