/*
One row per time expression.

text: the expression, as written
timex_type: DATE, TIME, DURATION or SET (TimeML)
timex_value: the value as TimeML TIMEX3 writes it
begins_on: first day covered
ends_on: last day covered
*/
SELECT
    article_id,
    sentence_no,
    text,
    char_start,
    char_end,
    timex_type,
    timex_value,
    begins_on,
    ends_on
FROM raw.times
