/*
One row per dated happening of a story.
*/
SELECT
    story_id,
    happened_on,
    text,
    claim_id,
    planned
FROM read_parquet(getvariable('timeline'))
