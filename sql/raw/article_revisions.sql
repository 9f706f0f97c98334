/*
One row per article and revision, as cleaning left it.

document_id: SHA-256 of the document's own bytes
n_words: words of the text, split at white space
text_id: names this text of the article and what the extractors were told of it; annotations hang on it
is_latest: whether this is the revision that `articles` shows
*/
SELECT
    document_id,
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
    ingested_at,
    run_id,
    text_id,
    revision,
    is_latest
FROM read_parquet(getvariable('article_revisions'))
