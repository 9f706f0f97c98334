/* Sentences that say the same thing with other numbers, days or negation, with who says which; of one story or of all. */
SELECT
    conflicts.kind,
    conflicts.value,
    conflicts.other_value,
    conflicts.text,
    conflicts.other_text,
    coalesce(articles.outlet, parse_filename(articles.source_uri)) AS outlet,
    coalesce(others.outlet, parse_filename(others.source_uri)) AS other_outlet
FROM figures_in_conflict AS conflicts
JOIN articles USING (article_id)
JOIN articles AS others ON conflicts.other_id = others.article_id
WHERE $story_id IS NULL OR conflicts.story_id = $story_id
ORDER BY conflicts.story_id, conflicts.kind, conflicts.text, conflicts.other_text, outlet, other_outlet
LIMIT $most
