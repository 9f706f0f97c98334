/*
One row per statement that one or more articles make, in whatever words.

claim_id: stable key of the claim
text: the statement in the words of its clearest sentence, without dateline
first_on: first day on which an article makes it
*/
SELECT
    claim_id,
    story_id,
    text,
    n_articles,
    n_outlets,
    n_independent_sources,
    first_on
FROM core.claims
