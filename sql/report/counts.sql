/* One row: how much the warehouse holds, from when, and when it was last added to. */
SELECT
    (SELECT count(*) FROM articles) AS n_articles,
    (SELECT count(DISTINCT outlet) FROM articles) AS n_outlets,
    (SELECT count(*) FROM stories) AS n_stories,
    (SELECT count(*) FROM claims) AS n_claims,
    (SELECT count(*) FROM claims WHERE n_independent_sources > 1) AS n_confirmed_claims,
    (SELECT count(DISTINCT statement_id) FROM quotes) AS n_statements,
    (SELECT min(published_on) FROM articles) AS first_on,
    (SELECT max(published_on) FROM articles) AS last_on,
    (SELECT max(finished_at) FROM runs) AS finished_at
