/*
One row per block of the raw document, kept or dropped.

article_id: the article whose document holds the block
paragraph_no: number of the block within its document, from 0
role: body, headline, subheading, byline, caption, credit, boilerplate or metadata
text: the block's text
raw_start: first character of the block in the decoded raw document
raw_end: end of the block in the decoded raw document
char_start: first character of the block in articles.text; NULL where it is not in it
char_end: end of the block in articles.text; NULL where it is not in it
*/
SELECT
    articles.article_id,
    blocks.paragraph_no,
    blocks.role,
    blocks.text,
    blocks.raw_start,
    blocks.raw_end,
    blocks.char_start,
    blocks.char_end
FROM raw.blocks AS blocks
JOIN core.articles AS articles USING (document_id)
