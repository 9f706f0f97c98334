/*
One row per article and revision: every text that an article has had.

ingested_at: when this revision was first read
run_id: the run that first read it
*/
SELECT
    article_id,
    source_uri,
    url,
    outlet,
    title,
    authors,
    agencies,
    dateline,
    published_on,
    published_at,
    date_basis,
    language,
    text,
    n_words,
    story_id,
    revision,
    ingested_at,
    run_id
FROM core.revisions
