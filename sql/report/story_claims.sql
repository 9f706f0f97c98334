/* The claims of a story, those that most independent sources make first. */
SELECT
    claim_id,
    text,
    n_articles,
    n_independent_sources,
    first_on
FROM claims
WHERE story_id = $story_id
ORDER BY n_independent_sources DESC, n_articles DESC, first_on NULLS LAST, claim_id
LIMIT $most
