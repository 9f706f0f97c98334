/*
One row per ordered pair of articles that share text.
*/
SELECT
    article_id,
    other_id,
    containment,
    n_shared_sentences,
    relation,
    direction
FROM read_parquet(getvariable('reuse_pairs'))
