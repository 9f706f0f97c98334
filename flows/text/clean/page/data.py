"""Text that stands in a page's data only: pages that a script draws in the browser.

What belongs here: the articleBody of JSON-LD as blocks with their places in the source. What does
not: pages whose markup holds the text; markup tells furniture better, so it comes first.
"""

from __future__ import annotations

import json
import re
from html import unescape

from flows.text.clean.metadata.json_ld import find_article, read_things, text_of
from flows.text.clean.page.core import count_words
from flows.text.clean.page.elements import Element, Page, TextBlock, squash

MIN_WORDS = 80
"""Words of an articleBody that is a text and no summary."""

_TAG = re.compile(r"<[^<>]{1,300}>")
_PARAGRAPH_END = re.compile(r"\n+|</p>|<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)


def read_article_body(source: str, page: Page) -> list[TextBlock]:
    """The paragraphs of the first articleBody in JSON-LD; none where it is missing or short."""
    for element, script in page.scripts:
        if "articleBody" in script:
            body = text_of(find_article(read_things([script])), "articleBody") or ""
            if count_words(body) >= MIN_WORDS:
                start = source.index(script, element.start)
                return _place(source, body, element, start, start + len(script))
    return []


def _place(source: str, body: str, element: Element, start: int, end: int) -> list[TextBlock]:
    """Paragraphs at their places in the script; one block over the whole script where they are not found."""
    blocks: list[TextBlock] = []
    position = start
    for paragraph in _PARAGRAPH_END.split(body):
        text = squash(unescape(_TAG.sub(" ", paragraph)))
        if not text:
            continue
        place = _find(source, paragraph.strip(), position, end)
        if place is None:
            return [TextBlock(squash(unescape(_TAG.sub(" ", body))), element, start, end, 0, 0)]
        blocks.append(TextBlock(text, element, *place, 0, 0))
        position = place[1]
    return blocks


def _find(source: str, paragraph: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a text as JSON writes it, with or without escapes for letters beyond ASCII."""
    for ascii_only in (False, True):
        written = json.dumps(paragraph, ensure_ascii=ascii_only)[1:-1]
        for form in (written, written.replace("/", "\\/")):
            found = source.find(form, start, end)
            if found >= 0:
                return found, found + len(form)
    return None
