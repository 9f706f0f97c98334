/* How much of each article of a story stands in each other one; names are made unlike where two articles have one. */
WITH named AS (
    SELECT
        article_id,
        coalesce(outlet, parse_filename(source_uri)) AS outlet,
        row_number() OVER (PARTITION BY coalesce(outlet, parse_filename(source_uri)) ORDER BY published_on, article_id)
            AS place
    FROM articles
    WHERE story_id = $story_id
)

SELECT
    mine.outlet || CASE WHEN mine.place > 1 THEN ' (' || mine.place || ')' ELSE '' END AS article,
    theirs.outlet || CASE WHEN theirs.place > 1 THEN ' (' || theirs.place || ')' ELSE '' END AS other,
    reuse.containment,
    reuse.relation,
    reuse.direction
FROM reuse
JOIN named AS mine ON reuse.article_id = mine.article_id
JOIN named AS theirs ON reuse.other_id = theirs.article_id
ORDER BY reuse.containment DESC, article, other
LIMIT $most
