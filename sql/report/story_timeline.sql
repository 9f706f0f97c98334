/* What happened in a story, by the day it happened. */
SELECT
    happened_on,
    text,
    planned,
    n_articles,
    n_independent_sources
FROM timeline
WHERE story_id = $story_id
ORDER BY happened_on, n_independent_sources DESC, n_articles DESC, claim_id
LIMIT $most
