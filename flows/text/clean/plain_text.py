"""A plain text to blocks with roles, and to a clean article.

Real dumps are a page's text without its markup: a declared date, icon labels, a section, the
headline, byline, captions and prompts stand among the paragraphs. What needs the whole document
is decided here; what a single block says is in `roles`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from flows.text.clean import metadata
from flows.text.clean.encoding import decode
from flows.text.clean.furniture import find_icon_labels, find_trailing_teaser
from flows.text.clean.layout import Paragraph, find_paragraphs
from flows.text.clean.outline import assign_roles
from flows.text.clean.placement import place_blocks
from flows.text.clean.wording import count_words, squash
from flows.text.errors import UndecodableError
from flows.text.types import Block, CleanArticle, DateBasis, RawDocument, Rejection, Role

MIN_ARTICLE_WORDS = 5
"""Fewer words than this are no article: what is left of a page that did not load."""
DECLARED_DATE = re.compile(r"\s*(date\s+(\d{4}-\d\d-\d\d))(?=\s|$)")


def clean_plain_text(document: RawDocument, *, today: date) -> CleanArticle | Rejection:
    """The article in a plain text, or why there is none: `binary`, `undecodable`, `no_text`, `too_short`."""
    try:
        raw_text = decode(document.content, document.encoding, document.media_type)
    except UndecodableError as error:
        return Rejection(document.source_uri, error.reason, str(error))
    text, blocks = place_blocks(split_plain_text(raw_text, title=document.declared.title))
    n_words = count_words(text)
    if n_words < MIN_ARTICLE_WORDS or not _texts(blocks, "body"):
        reason = "too_short" if n_words else "no_text"
        return Rejection(
            document.source_uri, reason, f"{n_words} words of body in {len(raw_text)} characters"
        )
    return _describe(document, text, raw_text, blocks, today=today)


def _describe(
    document: RawDocument, text: str, raw_text: str, blocks: tuple[Block, ...], *, today: date
) -> CleanArticle:
    declared = document.declared
    bylines = _texts(blocks, "byline")
    dateline = metadata.find_dateline(next(block.text for block in blocks if block.role == "body"))
    published_on, published_at, date_basis = _find_date(document, raw_text, blocks, today=today)
    return CleanArticle(
        text=text,
        raw_text=raw_text,
        blocks=blocks,
        url=declared.url,
        outlet=declared.outlet,
        title=declared.title or next(iter(_texts(blocks, "headline")), None),
        authors=declared.authors or tuple(name for line in bylines for name in metadata.parse_authors(line)),
        agencies=metadata.find_agencies(
            dateline=dateline, byline=" ".join(bylines) or None, credits=_texts(blocks, "credit"), text=text
        ),
        dateline=dateline,
        published_on=published_on,
        published_at=published_at,
        date_basis=date_basis,
        language=metadata.identify_language(text) or metadata.language_code(declared.language),
    )


def _find_date(
    document: RawDocument, raw_text: str, blocks: Sequence[Block], *, today: date
) -> tuple[date | None, datetime | None, DateBasis | None]:
    """The date that the container or the prefix declares, else what a date line of the text says."""
    declared = find_declared_date(raw_text)
    attempts: list[tuple[str, DateBasis]] = [(document.declared.published or "", "declared")]
    attempts += [(declared.isoformat(), "declared")] if declared else []
    attempts += [(text, "page") for text in _texts(blocks, "metadata")]
    for value, basis in attempts:
        found = metadata.parse_published(value, today=today) if value else None
        if found:
            return (*found, basis)
    return None, None, None


def _texts(blocks: Sequence[Block], role: Role) -> tuple[str, ...]:
    return tuple(block.text for block in blocks if block.role == role)


def split_plain_text(raw_text: str, *, title: str | None = None) -> tuple[Block, ...]:
    """All blocks of a plain text in order, each with its role; spans are into `raw_text`.

    raw_text[block.raw_start:block.raw_end] with its white space squashed is block.text, and every
    character that is not white space lies in exactly one block. `title`, where it is known, tells
    which line is the headline. `char_start` and `char_end` are left open: see `placement`.
    """
    blocks, body_start = _split_declared_date(raw_text)
    paragraphs = _split_glued(raw_text, find_paragraphs(raw_text[body_start:]), body_start)
    texts = [squash(raw_text[paragraph.start : paragraph.end]) for paragraph in paragraphs]
    roles = assign_roles(texts, groups=[paragraph.group for paragraph in paragraphs], title=title)
    found = [
        Block(role, text, paragraph.start, paragraph.end)
        for role, text, paragraph in zip(roles, texts, paragraphs, strict=True)
    ]
    return (*blocks, *found)


def find_declared_date(raw_text: str) -> date | None:
    """The date of a prefix " date 2021-03-04 "; None where there is none or it is no day."""
    match = DECLARED_DATE.match(raw_text)
    if not match:
        return None
    try:
        return date.fromisoformat(match[2])
    except ValueError:
        return None


def _split_declared_date(raw_text: str) -> tuple[list[Block], int]:
    if find_declared_date(raw_text) is None:
        return [], 0
    match = DECLARED_DATE.match(raw_text)
    assert match is not None
    return [Block("metadata", squash(match[1]), match.start(1), match.end(1))], match.end(1)


def _split_glued(raw_text: str, paragraphs: Sequence[Paragraph], offset: int) -> list[Paragraph]:
    """Paragraphs with spans into `raw_text`; icon labels before a text and a teaser after it are parted."""
    found = []
    for paragraph in paragraphs:
        start, end = paragraph.start + offset, paragraph.end + offset
        text = raw_text[start:end]
        n_labels, teaser = find_icon_labels(text), find_trailing_teaser(text)
        for first, last in ((0, n_labels), (n_labels, teaser), (teaser, len(text))):
            part = text[first:last]
            if part.strip():
                begin = start + first + len(part) - len(part.lstrip())
                found.append(Paragraph(begin, begin + len(part.strip()), paragraph.group))
    return found
