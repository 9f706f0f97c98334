/*
One row per pair of sentences of a story that say the same thing with other numbers, days or negation.

kind: figure, day or negation
other_claim_id: the claim of the other sentence
other_sentence_no: the other sentence
value: what the sentence says
other_value: what the other sentence says
explanation: the difference in words
text: the sentence
other_text: the other sentence
*/
SELECT
    conflicts.story_id,
    conflicts.kind,
    conflicts.value,
    conflicts.other_value,
    conflicts.explanation,
    conflicts.claim_id,
    conflicts.article_id,
    conflicts.sentence_no,
    sentences.text,
    conflicts.other_claim_id,
    conflicts.other_id,
    conflicts.other_sentence_no,
    others.text AS other_text
FROM raw.conflicts AS conflicts
JOIN raw.sentences AS sentences USING (article_id, sentence_no)
JOIN raw.sentences AS others
    ON conflicts.other_id = others.article_id AND conflicts.other_sentence_no = others.sentence_no
