/*
One row per sentence of the body.

sentence_no: number of the sentence within its article, from 0
paragraph_no: the block that the sentence stands in
text: the sentence, as it stands in articles.text
char_start: first character in articles.text, in Unicode code points
char_end: end in articles.text, in Unicode code points
*/
SELECT
    article_id,
    sentence_no,
    paragraph_no,
    text,
    char_start,
    char_end
FROM raw.sentences
