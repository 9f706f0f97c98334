/*
One row per statement that one or more articles make.
*/
SELECT
    claim_id,
    story_id,
    text,
    first_on
FROM read_parquet(getvariable('claims'))
