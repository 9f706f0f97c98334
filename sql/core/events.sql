/*
One row per event and sentence; copies of one sentence share `event_id`.

report_no: number of the report among those of its event, from 1: `events` shows the first
*/
SELECT
    'e' || left(events.event_key, 16) AS event_id,
    events.article_id,
    events.sentence_no,
    events.actor,
    actors.entity_id AS actor_entity_id,
    events.action,
    events.event_type,
    events.target,
    targets.entity_id AS target_entity_id,
    events.place,
    events.begins_on,
    events.ends_on,
    events.negated,
    events.modality,
    events.speaker,
    events.char_start,
    events.char_end,
    events.event_key,
    count(DISTINCT events.article_id) OVER (PARTITION BY events.event_key) AS n_articles,
    row_number() OVER (
        PARTITION BY events.event_key
        ORDER BY articles.published_on NULLS LAST, events.article_id, events.sentence_no, events.char_start
    ) AS report_no
FROM raw.events AS events
LEFT JOIN core.articles AS articles USING (article_id)
LEFT JOIN raw.entity_links AS actors
    ON events.article_id = actors.article_id AND events.actor_entity_no = actors.entity_no
LEFT JOIN raw.entity_links AS targets
    ON events.article_id = targets.article_id AND events.target_entity_no = targets.entity_no
