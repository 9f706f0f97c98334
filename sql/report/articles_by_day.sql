/* Articles by day of publication, those whose text stands mostly in an earlier one apart; months where days are many. */
WITH copies AS (
    SELECT DISTINCT article_id
    FROM reuse
    WHERE containment >= 0.5 AND (direction = 'from' OR (direction IS NULL AND other_id < article_id))
),

unit AS (
    SELECT CASE WHEN max(published_on) - min(published_on) > 92 THEN 'month' ELSE 'day' END AS name
    FROM articles
)

SELECT
    date_trunc(unit.name, articles.published_on)::DATE AS published_on,
    CASE WHEN copies.article_id IS NULL THEN 'own text' ELSE 'mostly a copy' END AS kind,
    count(*) AS n_articles
FROM articles
CROSS JOIN unit
LEFT JOIN copies USING (article_id)
WHERE articles.published_on IS NOT NULL
GROUP BY ALL
ORDER BY ALL
