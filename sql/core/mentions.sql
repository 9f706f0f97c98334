/*
One row per mention, with the entity of the corpus that it stands for.
*/
SELECT
    mentions.article_id,
    mentions.sentence_no,
    links.entity_id,
    mentions.label,
    mentions.text,
    mentions.char_start,
    mentions.char_end
FROM raw.mentions AS mentions
LEFT JOIN raw.entity_links AS links USING (article_id, entity_no)
