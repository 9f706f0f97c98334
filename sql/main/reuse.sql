/*
One row per ordered pair of articles that share text.

other_id: the other article
containment: share of the article's letters that stand in a run of 8 words or more that the other has too
n_shared_sentences: sentences that both have, edits allowed
relation: duplicate, near_duplicate or partial
direction: from: the article had it from the other; to: the other had it from the article; NULL: unknown
*/
SELECT
    article_id,
    other_id,
    containment,
    n_shared_sentences,
    relation,
    direction
FROM raw.reuse_pairs
