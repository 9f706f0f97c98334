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
WITH counts AS (
    SELECT
        event_id,
        count(DISTINCT article_id) AS n_articles
    FROM core.events
    GROUP BY event_id
)

SELECT
    events.event_id,
    events.article_id,
    events.sentence_no,
    events.actor,
    events.actor_entity_id,
    events.action,
    events.event_type,
    events.target,
    events.target_entity_id,
    events.place,
    events.begins_on,
    events.ends_on,
    events.negated,
    events.modality,
    events.speaker,
    counts.n_articles
FROM core.events AS events
JOIN core.articles AS articles USING (article_id)
JOIN counts USING (event_id)
QUALIFY row_number() OVER (
    PARTITION BY events.event_id
    ORDER BY articles.published_on NULLS LAST, events.article_id, events.sentence_no, events.char_start
) = 1
