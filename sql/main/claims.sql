/*
One row per statement that one or more articles make, in whatever words.

claim_id: stable key of the claim
text: the statement in the words of its clearest sentence
first_on: first day on which an article makes it
*/
SELECT
    claims.claim_id,
    claims.story_id,
    claims.text,
    counts.n_articles,
    counts.n_outlets,
    counts.n_independent_sources,
    claims.first_on
FROM raw.claims AS claims
JOIN core.claim_counts AS counts USING (claim_id)
