/*
One row per article whose text came from elsewhere, as far as that can be told.

origin: the wire service or outlet that the text came from
origin_article_id: the article it came from, where that is in the corpus
evidence: the kinds of evidence: credit, dateline, byline, via, url, text ...
*/
SELECT
    article_id,
    origin,
    origin_article_id,
    evidence
FROM raw.origins
