/* The claims that most independent sources make. */
SELECT
    claims.claim_id,
    claims.story_id,
    claims.text,
    claims.n_articles,
    claims.n_independent_sources,
    claims.first_on,
    stories.title AS story
FROM claims
JOIN stories USING (story_id)
WHERE claims.n_articles > 1
ORDER BY
    claims.n_independent_sources DESC,
    claims.n_articles DESC,
    claims.claim_id
LIMIT $most
