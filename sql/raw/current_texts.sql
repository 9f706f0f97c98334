/*
One row per text that `articles` shows: which annotations count.
*/
SELECT
    coalesce(dated.text_id, revisions.text_id) AS text_id,
    revisions.article_id
FROM raw.article_revisions AS revisions
LEFT JOIN raw.dated_texts AS dated USING (article_id)
WHERE revisions.is_latest
