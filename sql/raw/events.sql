/*
One row per event that a sentence reports.

actor_entity_no: the actor's entity within the article
target_entity_no: the target's entity within the article
speaker: who says so, where the event stands inside a statement
event_key: what makes two reports one event: the sentence's words, actor, action, target and days
*/
SELECT
    article_id,
    sentence_no,
    char_start,
    char_end,
    actor,
    actor_entity_no,
    action,
    event_type,
    target,
    target_entity_no,
    place,
    begins_on,
    ends_on,
    negated,
    modality,
    speaker,
    event_key
FROM read_parquet(getvariable('events'))
SEMI JOIN raw.current_texts USING (text_id)
