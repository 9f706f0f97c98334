/*
One row per story: its most central headline.
*/
SELECT
    story_id,
    title
FROM read_parquet(getvariable('story_titles'))
