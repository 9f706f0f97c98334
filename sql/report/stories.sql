/* The largest stories, with how many figures in them contradict each other. */
WITH conflicts AS (
    SELECT
        story_id,
        count(*) AS n_conflicts
    FROM figures_in_conflict
    GROUP BY story_id
)

SELECT
    stories.story_id,
    stories.title,
    stories.first_on,
    stories.last_on,
    stories.n_articles,
    stories.n_outlets,
    stories.n_independent_sources,
    coalesce(conflicts.n_conflicts, 0) AS n_conflicts
FROM stories
LEFT JOIN conflicts USING (story_id)
ORDER BY
    stories.n_articles DESC,
    stories.n_independent_sources DESC,
    stories.last_on DESC NULLS LAST,
    stories.story_id
LIMIT $most
