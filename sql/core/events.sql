/*
One row per event and sentence; copies of one sentence share `event_id`.

event_key: what makes two reports one event: the sentence's words, actor, action, target and days
report_no: number of the report among those of its event, from 1: `events` shows the first
*/
WITH keyed AS (
    SELECT
        events.*,
        md5(concat_ws(
            chr(31),
            lower(regexp_replace(sentences.text, '[^\w]+', ' ', 'g')),
            events.actor,
            events.action,
            events.target,
            events.begins_on,
            events.ends_on
        )) AS event_key
    FROM raw.events AS events
    JOIN raw.sentences AS sentences USING (article_id, sentence_no)
)

SELECT
    'e' || left(keyed.event_key, 16) AS event_id,
    keyed.article_id,
    keyed.sentence_no,
    keyed.actor,
    actors.entity_id AS actor_entity_id,
    keyed.action,
    keyed.event_type,
    keyed.target,
    targets.entity_id AS target_entity_id,
    keyed.place,
    keyed.begins_on,
    keyed.ends_on,
    keyed.negated,
    keyed.modality,
    keyed.speaker,
    keyed.char_start,
    keyed.char_end,
    keyed.event_key,
    count(DISTINCT keyed.article_id) OVER (PARTITION BY keyed.event_key) AS n_articles,
    row_number() OVER (
        PARTITION BY keyed.event_key
        ORDER BY articles.published_on NULLS LAST, keyed.article_id, keyed.sentence_no, keyed.char_start
    ) AS report_no
FROM keyed
LEFT JOIN core.articles AS articles USING (article_id)
LEFT JOIN raw.entity_links AS actors
    ON keyed.article_id = actors.article_id AND keyed.actor_entity_no = actors.entity_no
LEFT JOIN raw.entity_links AS targets
    ON keyed.article_id = targets.article_id AND keyed.target_entity_no = targets.entity_no
