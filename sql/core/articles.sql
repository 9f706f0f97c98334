/*
One row per article, in its latest revision.

text_group: equal for articles of which one stands to at least half in the other
*/
SELECT
    revisions.* EXCLUDE (ingested_at, run_id, is_latest),
    members.text_group
FROM core.revisions AS revisions
LEFT JOIN raw.story_members AS members USING (article_id)
WHERE revisions.is_latest
