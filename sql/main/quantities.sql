/*
One row per number with a meaning.

text: the expression, as written
value: the number; of a range, its lower end
unit: what the number counts or measures
currency: ISO 4217 code, where it is money
kind: money, percent, count, measure or ratio
approximate: whether the text says that it is not exact
value_max: upper end of a range
item: what is measured: "coal" in "3.7 million tons of coal"
*/
SELECT
    article_id,
    sentence_no,
    text,
    char_start,
    char_end,
    value,
    unit,
    currency,
    kind,
    approximate,
    value_max,
    item
FROM raw.quantities
