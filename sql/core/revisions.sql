/*
One row per article and revision, with its story and, where the article has no date, its story's.
*/
SELECT
    revisions.article_id,
    revisions.source_uri,
    revisions.url,
    revisions.outlet,
    revisions.title,
    revisions.authors,
    revisions.agencies,
    revisions.dateline,
    coalesce(revisions.published_on, inferred.published_on) AS published_on,
    revisions.published_at,
    CASE
        WHEN revisions.published_on IS NOT NULL THEN revisions.date_basis
        WHEN inferred.published_on IS NOT NULL THEN 'inferred'
    END AS date_basis,
    revisions.language,
    revisions.text,
    revisions.n_words,
    members.story_id,
    revisions.revision,
    revisions.ingested_at,
    revisions.run_id,
    revisions.document_id,
    revisions.is_latest
FROM raw.article_revisions AS revisions
LEFT JOIN raw.inferred_dates AS inferred USING (article_id)
LEFT JOIN raw.story_members AS members USING (article_id)
