/*
One row per attributed statement, or per fragment of one that its cue splits.

quote_id: key of the fragment
statement_id: the statement that the fragment belongs to
kind: direct, indirect or mixed
text: the content: what is said
cue: the words that attribute it: "said", "according to"
cue_start: first character of the cue
cue_end: end of the cue
speaker: who says it, as written
speaker_start: first character of the speaker
speaker_end: end of the speaker
speaker_entity_id: the entity that the speaker stands for, pronouns resolved
*/
SELECT
    quotes.article_id || '-q' || quotes.quote_no AS quote_id,
    quotes.article_id,
    quotes.sentence_no,
    quotes.kind,
    quotes.text,
    quotes.char_start,
    quotes.char_end,
    quotes.cue,
    quotes.cue_start,
    quotes.cue_end,
    quotes.speaker,
    quotes.speaker_start,
    quotes.speaker_end,
    links.entity_id AS speaker_entity_id,
    quotes.article_id || '-s' || quotes.statement_no AS statement_id
FROM raw.quotes AS quotes
LEFT JOIN raw.entity_links AS links
    ON quotes.article_id = links.article_id AND quotes.speaker_entity_no = links.entity_no
