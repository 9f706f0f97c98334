"""A page to a clean article, or to the reason why it is none.

What belongs here: the order of the steps. What does not: each step; see `markup`, `judge` and
`flows.text.clean.page.metadata`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flows.text.clean.metadata import (
    find_agencies,
    find_dateline,
    identify_language,
    language_code,
    parse_published,
)
from flows.text.clean.page.core import count_words
from flows.text.clean.page.data import read_article_body
from flows.text.clean.page.elements import Page, TextBlock
from flows.text.clean.page.judge import PageHints, judge_blocks
from flows.text.clean.page.markup import MAX_BLOCKS, read_page
from flows.text.clean.page.metadata import (
    PageMetadata,
    Published,
    choose_authors,
    choose_date,
    read_metadata,
    read_times,
)
from flows.text.clean.placement import TEXT_ROLES, place_blocks
from flows.text.types import Block, CleanArticle, RawDocument, Rejection, Role

MAX_PAGE = 20_000_000
"""Characters of a page; the longest of news sites have 3 million."""
MIN_WORDS = 25
"""Words of an article; below are error pages, video players and consent walls."""
FEW_WORDS = 120
"""Words of a text that may be a paywall's teaser; the page's data is asked for more."""
MORE = 2
"""How many times longer the text in the page's data must be to be taken instead."""
DATELINE_BLOCKS = 4
"""Blocks of the text among which the one with the dateline is; standfirst and bullets stand before."""
AFTER_TEXT = 5
"""Blocks after the text among which its credits stand."""

BODY: Role = "body"


def clean_page(document: RawDocument, source: str, *, today: date) -> CleanArticle | Rejection:
    """The article of an HTML page; `source` is the decoded document, `today` the day of the run.

    Rejections: too_large, no_text, too_short.
    """
    if len(source) > MAX_PAGE:
        return Rejection(
            document.source_uri, "too_large", f"{len(source)} characters, at most {MAX_PAGE} are read"
        )
    page = read_page(source)
    if not page.complete:
        return Rejection(document.source_uri, "too_large", f"more than {MAX_BLOCKS} blocks of text")
    metadata = read_metadata(page, url=document.declared.url)
    title = document.declared.title or metadata.title
    pictures = [element for element in page.elements if element.tag == "img"]
    roles = judge_blocks(page.blocks, pictures, PageHints(title=title, descriptions=metadata.descriptions))
    text, blocks = _place(page.blocks, roles)
    n_words = count_words(text)
    if n_words < FEW_WORDS:
        text, blocks = _add_article_body(source, page, roles, text, blocks)
        n_words = count_words(text)
    if n_words < MIN_WORDS:
        reason = "too_short" if n_words else "no_text"
        return Rejection(document.source_uri, reason, f"{n_words} words of body in {len(source)} characters")
    metadata = replace(metadata, title=title, outlet=document.declared.outlet or metadata.outlet)
    return _describe(document, source, page, metadata, blocks, text, today=today)


def _add_article_body(
    source: str, page: Page, roles: list[Role], text: str, blocks: tuple[Block, ...]
) -> tuple[str, tuple[Block, ...]]:
    """The text from the page's data where that is the longer by far, else what the markup gave."""
    found = read_article_body(source, page)
    if not found or sum(count_words(block.text) for block in found) < MORE * count_words(text):
        return text, blocks
    furniture: list[Role] = ["boilerplate" if role in TEXT_ROLES else role for role in roles]
    merged = [*zip(page.blocks, furniture, strict=True), *((block, BODY) for block in found)]
    merged.sort(key=lambda pair: pair[0].raw_start)
    return _place(*zip(*merged, strict=True))


def _describe(
    document: RawDocument,
    source: str,
    page: Page,
    metadata: PageMetadata,
    blocks: tuple[Block, ...],
    text: str,
    *,
    today: date,
) -> CleanArticle:
    around = _around_text(blocks)
    bylines, credits_ = _texts(around, "byline"), _texts(around, "credit")
    opening = [block.text for block in blocks if block.char_start is not None][:DATELINE_BLOCKS]
    dateline = next(filter(None, map(find_dateline, opening)), None)
    names = (*metadata.author_names, *bylines)
    published = _find_date(document, page, metadata, around, today=today)
    return CleanArticle(
        text=text,
        raw_text=source,
        blocks=blocks,
        url=metadata.url,
        outlet=metadata.outlet,
        title=metadata.title,
        authors=document.declared.authors
        or choose_authors(metadata.author_names, bylines, outlet=metadata.outlet),
        agencies=find_agencies(
            dateline=dateline, byline=" | ".join(names) or None, credits=credits_, text=text
        ),
        dateline=dateline,
        published_on=published.day if published else None,
        published_at=published.instant if published else None,
        date_basis=published.basis if published else None,
        language=identify_language(text)
        or language_code(document.declared.language)
        or language_code(metadata.language),
    )


def _find_date(
    document: RawDocument,
    page: Page,
    metadata: PageMetadata,
    blocks: tuple[Block, ...],
    *,
    today: date,
) -> Published | None:
    """As the container declares it, else as the page does; the time of fetching is no date of publication."""
    declared = document.declared.published
    stated = parse_published(declared, today=today) if declared else None
    if stated:
        return Published(*stated, "declared")
    headline = next((block.raw_start for block in blocks if block.role == "headline"), 0)
    body = next(block.raw_start for block in blocks if block.char_start is not None)
    written = (
        *read_times(page, start=headline, end=body),
        *_texts(blocks, "byline"),
        *_texts(blocks, "metadata"),
    )
    crawled = document.fetched_at.date() if document.fetched_at else today
    return choose_date(metadata, written, today=today, crawled=crawled)


def _around_text(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """From the headline to a little after the text: bylines further off are those of other articles."""
    in_text = [number for number, block in enumerate(blocks) if block.char_start is not None]
    headline = (number for number, block in enumerate(blocks[: in_text[0]]) if block.role == "headline")
    return blocks[next(headline, 0) : in_text[-1] + 1 + AFTER_TEXT]


def _texts(blocks: tuple[Block, ...], role: Role) -> tuple[str, ...]:
    return tuple(block.text for block in blocks if block.role == role)


def _place(blocks: Iterable[TextBlock], roles: Iterable[Role]) -> tuple[str, tuple[Block, ...]]:
    pairs = zip(blocks, roles, strict=True)
    return place_blocks(Block(role, block.text, block.raw_start, block.raw_end) for block, role in pairs)
