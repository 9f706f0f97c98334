/*
One row per article, in its latest revision.

article_id: stable key: the same document has the same id whenever and wherever it is ingested
source_uri: where the document was read: a file:// URI, with #n for record n of a file, or the fetched URL
url: the article's own address, where the document declares one
outlet: the publication that carries the article
title: the headline, without the site's name
authors: the people named in the byline
agencies: the wire services credited with the text
dateline: place and agency that open the report, as written
published_on: day of publication, as the document states it
published_at: instant of publication in UTC, where the document gives a time of day
date_basis: where the date comes from: declared, page, url or inferred
language: ISO 639-1 code of the text's language
text: the clean body: paragraphs joined by a blank line
n_words: words of the text
story_id: the story that the article belongs to
revision: number of the revision, from 1
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
    revision
FROM core.articles
