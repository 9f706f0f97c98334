"""Which cleaner reads which media type."""

from datetime import date

from flows.text.clean.article import clean_document
from flows.text.types import CleanArticle, RawDocument, Rejection

from .page_samples import PARAGRAPHS

TODAY = date(2031, 3, 6)


def test_plain_text_is_no_markup() -> None:
    text = "The council met.\n\n" + "\n\n".join(PARAGRAPHS).replace("bridge", "<b>bridge</b>")
    article = clean_document(RawDocument("0", "file:///a.txt", text.encode(), "text/plain"), today=TODAY)
    assert isinstance(article, CleanArticle)
    assert "<b>bridge</b>" in article.text


def test_html_is_markup() -> None:
    source = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    article = clean_document(RawDocument("0", "file:///a.html", source.encode(), "text/html"), today=TODAY)
    assert isinstance(article, CleanArticle)
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_undecodable_bytes_are_a_verdict() -> None:
    for media_type in ("text/plain", "text/html"):
        rejection = clean_document(
            RawDocument("0", "file:///a", b"\x00\x01\x02" * 9, media_type), today=TODAY
        )
        assert isinstance(rejection, Rejection)
        assert rejection.reason == "binary"
