/*
One row per claim, with who makes it.

Nearly every claim stands in one sentence, so only the others have to be counted.
*/
WITH behind AS (
    SELECT
        sentences.claim_id,
        sentences.article_id,
        articles.outlet,
        sentences.source_group
    FROM raw.claim_sentences AS sentences
    JOIN core.articles AS articles USING (article_id)
),

repeated AS (
    SELECT claim_id
    FROM raw.claim_sentences
    GROUP BY claim_id
    HAVING count(*) > 1
),

counts AS (
    SELECT
        claim_id,
        count(DISTINCT article_id) AS n_articles,
        count(DISTINCT outlet) AS n_outlets,
        count(DISTINCT source_group) AS n_independent_sources
    FROM behind
    SEMI JOIN repeated USING (claim_id)
    GROUP BY claim_id
    UNION ALL
    SELECT
        claim_id,
        1 AS n_articles,
        CAST(outlet IS NOT NULL AS BIGINT) AS n_outlets,
        CAST(source_group IS NOT NULL AS BIGINT) AS n_independent_sources
    FROM behind
    ANTI JOIN repeated USING (claim_id)
)

SELECT
    claims.claim_id,
    claims.story_id,
    claims.text,
    counts.n_articles,
    counts.n_outlets,
    counts.n_independent_sources,
    claims.first_on
FROM raw.claims AS claims
JOIN counts USING (claim_id)
