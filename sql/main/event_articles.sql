/*
One row per event and sentence that reports it: the copies behind an event.
*/
SELECT DISTINCT
    event_id,
    article_id,
    sentence_no
FROM core.events
