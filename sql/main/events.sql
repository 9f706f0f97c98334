/*
One row per event: who did what to whom. Copies of one sentence are one event, shown in its first article.

event_id: key of the event
actor: who acts, as written
actor_entity_id: the actor's entity
action: lemma of the verb
event_type: PLOVER event type, where the verb has one
target: whom or what it is done to, as written
target_entity_id: the target's entity
place: where, as written
negated: whether the text says that it did not happen
modality: asserted, planned, possible or denied
speaker: who says so, where the event stands inside a statement
n_articles: number of articles
*/
SELECT
    event_id,
    article_id,
    sentence_no,
    actor,
    actor_entity_id,
    action,
    event_type,
    target,
    target_entity_id,
    place,
    begins_on,
    ends_on,
    negated,
    modality,
    speaker,
    n_articles
FROM core.events
WHERE report_no = 1
