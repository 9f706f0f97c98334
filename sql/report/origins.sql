/* The agencies and outlets from which most texts came. */
SELECT
    origins.origin,
    count(*) AS n_articles,
    count(DISTINCT articles.outlet) AS n_outlets
FROM origins
JOIN articles USING (article_id)
WHERE origins.origin IS NOT NULL
GROUP BY origins.origin
ORDER BY n_articles DESC, origins.origin
LIMIT $most
