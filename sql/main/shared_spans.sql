/*
One row per run of text that two articles share.

other_start: first character in the other article's text
other_end: end in the other article's text
*/
SELECT
    article_id,
    other_id,
    char_start,
    char_end,
    other_start,
    other_end
FROM raw.shared_spans
