/*
One row per dated happening of a story, by the day it happened.

happened_on: the day it happened, or is to happen
text: what happened
planned: whether the text announces it
*/
SELECT
    timeline.story_id,
    timeline.happened_on,
    timeline.text,
    claims.n_articles,
    claims.n_independent_sources,
    timeline.claim_id,
    timeline.planned
FROM raw.timeline AS timeline
JOIN core.claims AS claims USING (claim_id)
