/*
One row per article: its story, and the group of articles that are mostly one text.

text_group: equal for articles joined by half of one standing in the other
*/
SELECT
    article_id,
    story_id,
    text_group
FROM read_parquet(getvariable('story_members'))
