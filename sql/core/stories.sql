/*
One row per story, with what it is called, its days and its counts.
*/
WITH counts AS (
    SELECT
        story_id,
        min(published_on) AS first_on,
        max(published_on) AS last_on,
        count(*) AS n_articles,
        count(DISTINCT outlet) AS n_outlets,
        count(DISTINCT text_group) AS n_independent_sources
    FROM core.articles
    WHERE story_id IS NOT NULL
    GROUP BY story_id
)

SELECT
    counts.story_id,
    titles.title,
    counts.first_on,
    counts.last_on,
    counts.n_articles,
    counts.n_outlets,
    counts.n_independent_sources
FROM counts
LEFT JOIN raw.story_titles AS titles USING (story_id)
