"""One raw document to a clean article: the entry of flows.text.clean.

What belongs here: which cleaner reads which media type.
"""

from __future__ import annotations

from datetime import date

from flows.text.clean.encoding import decode
from flows.text.clean.page.article import MAX_PAGE, clean_page
from flows.text.clean.plain_text import clean_plain_text
from flows.text.errors import TextError
from flows.text.types import CleanArticle, RawDocument, Rejection


def clean_document(document: RawDocument, *, today: date) -> CleanArticle | Rejection:
    """The article in a document, or why there is none; never raises for what stands in a document.

    `today` is the day of the run: dates after it are no publication dates.
    """
    if document.media_type == "text/plain":
        return clean_plain_text(document, today=today)
    if len(document.content) > 4 * MAX_PAGE:
        return Rejection(document.source_uri, "too_large", f"{len(document.content)} bytes")
    try:
        source = decode(document.content, document.encoding, document.media_type)
    except TextError as error:
        return Rejection(document.source_uri, error.reason, str(error))
    return clean_page(document, source, today=today)
