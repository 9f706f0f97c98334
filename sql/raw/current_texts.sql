/*
One row per text that `articles` shows: which annotations count.
*/
SELECT
    text_id,
    article_id
FROM raw.article_revisions
WHERE is_latest
