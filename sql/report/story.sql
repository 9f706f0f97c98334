/* One story, and how many claims it has. */
SELECT
    *,
    (SELECT count(*) FROM claims WHERE claims.story_id = stories.story_id) AS n_claims
FROM stories
WHERE story_id = $story_id
