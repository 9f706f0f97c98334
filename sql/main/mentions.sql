/*
One row per mention of an entity.

text: the mention, as written
*/
SELECT
    article_id,
    sentence_no,
    entity_id,
    label,
    text,
    char_start,
    char_end
FROM core.mentions
