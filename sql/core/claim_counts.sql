/*
One row per claim: who makes it.
*/
SELECT
    behind.claim_id,
    count(DISTINCT behind.article_id) AS n_articles,
    count(DISTINCT articles.outlet) AS n_outlets,
    count(DISTINCT behind.source_group) AS n_independent_sources
FROM raw.claim_sentences AS behind
JOIN core.articles AS articles USING (article_id)
GROUP BY behind.claim_id
