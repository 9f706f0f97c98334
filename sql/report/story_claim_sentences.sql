/*
The sentences behind the claims of a story. shared_starts, shared_ends: the runs of the sentence that
another article of the same source has too, in code points from its beginning.
*/
WITH members AS (
    SELECT
        claim_sentences.claim_id,
        claim_sentences.source_group,
        claim_sentences.evidence,
        sentences.article_id,
        sentences.sentence_no,
        sentences.text,
        sentences.char_start,
        sentences.char_end
    FROM claim_sentences
    JOIN sentences USING (article_id, sentence_no)
    SEMI JOIN (FROM claims WHERE claims.story_id = $story_id) AS claims USING (claim_id)
),

runs AS (
    SELECT
        members.claim_id,
        members.article_id,
        members.sentence_no,
        list(greatest(spans.char_start - members.char_start, 0) ORDER BY spans.char_start, spans.char_end)
            AS shared_starts,
        list(
            least(spans.char_end, members.char_end) - members.char_start
            ORDER BY spans.char_start, spans.char_end
        ) AS shared_ends
    FROM members
    JOIN shared_spans AS spans
        ON
            members.article_id = spans.article_id
            AND spans.char_start < members.char_end
            AND spans.char_end > members.char_start
    SEMI JOIN members AS others
        ON
            members.claim_id = others.claim_id
            AND members.source_group = others.source_group
            AND spans.other_id = others.article_id
    GROUP BY ALL
)

SELECT
    members.claim_id,
    members.source_group,
    members.evidence,
    members.text,
    runs.shared_starts,
    runs.shared_ends,
    articles.published_on,
    coalesce(articles.outlet, parse_filename(articles.source_uri)) AS outlet
FROM members
JOIN articles USING (article_id)
LEFT JOIN runs USING (claim_id, article_id, sentence_no)
ORDER BY
    members.claim_id,
    articles.published_on NULLS LAST,
    members.article_id,
    members.sentence_no
