"""The roles of a document's blocks, seen together: head, middle, end.

`roles.classify_words` has the first word. What it leaves open is decided by place: the headline
among the lines before the first prose, headings between prose, links after the last prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.text.clean.roles import classify_words, is_headline_like, is_metadata, is_signature
from flows.text.clean.wording import (
    count_words,
    is_finished,
    is_heading_like,
    is_open_ended,
    is_title_case,
    normalise,
)
from flows.text.types import Role

MIN_PLACED_BLOCKS = 5
"""With fewer blocks a place in the document says nothing: a brief is its own head and end."""
MIN_LIST_LINES = 3
"""Short unfinished lines in a row from which they are a list, which is kept, and not headings."""
MAX_DECK_WORDS = 8
"""Longer lines beside the headline are kept: summaries ("Story highlights ...") are text."""
MIN_LINK_WORDS = 5
"""Shorter lines after the end may be a signature or a cut sentence."""
MIN_LEAD_IN_WORDS = 4
LONG_CHARS = 160
"""An unfinished block of this length is prose that was cut, or in a script without full stops."""
# "Harbour reopens | Lanner Gazette": what a site appends to its titles.
SITE_NAME = re.compile(r"\W*\s[-–—|:·»]\s|\W+$")


def assign_roles(texts: Sequence[str], *, groups: Sequence[int], title: str | None = None) -> list[Role]:
    """One role a block. `groups` numbers the runs of blocks that no blank line parts."""
    count = len(texts)
    placed = count >= MIN_PLACED_BLOCKS
    roles = [
        classify_words(text, position=n / (count - 1) if placed else None) for n, text in enumerate(texts)
    ]
    for n in range(count):
        if title and is_same_title(texts[n], title):
            roles[n] = "headline"
        elif roles[n] is None and _is_doubled(texts, n):
            roles[n] = "caption"
    prose = [n for n in range(count) if roles[n] is None and is_prose(texts[n])]
    first, last = (prose[0], prose[-1]) if prose else (count, count)
    _assign_head(roles, texts, first, title)
    _assign_middle(roles, texts, groups, range(first + 1, last))
    _assign_end(roles, texts, range(last + 1, count))
    return [role or "body" for role in roles]


def is_prose(text: str) -> bool:
    """Sentences rather than a line: finished, leading in to what follows, or long."""
    if len(text) >= LONG_CHARS or is_finished(text):
        return True
    return is_open_ended(text) and count_words(text) >= MIN_LEAD_IN_WORDS


def is_same_title(text: str, title: str) -> bool:
    """`text` is the title, or the title without the site's name after it."""
    line, whole = normalise(text), normalise(title)
    if not line or not whole.startswith(line):
        return False
    return not (rest := whole[len(line) :]) or SITE_NAME.match(rest) is not None


def _assign_head(roles: list[Role | None], texts: Sequence[str], first: int, title: str | None) -> None:
    has_headline = "headline" in roles
    for n in range(first):
        if roles[n] is not None:
            continue
        if is_metadata(texts[n], in_head=True):
            roles[n] = "metadata"
        elif is_signature(texts[n]):
            roles[n] = "byline"
        elif not has_headline and _is_headline(texts[n], title):
            roles[n], has_headline = "headline", True
        elif count_words(texts[n]) <= MAX_DECK_WORDS:
            roles[n] = "subheading"


def _is_headline(text: str, title: str | None) -> bool:
    """Where another title is known, only a line in title case is one too: summaries are text."""
    return is_headline_like(text) and (title is None or is_title_case(text))


def _assign_middle(
    roles: list[Role | None], texts: Sequence[str], groups: Sequence[int], middle: range
) -> None:
    lines = {n for n in middle if roles[n] is None and is_heading_like(texts[n])}
    for n in sorted(lines):
        if roles[n + 1] == "caption" and groups[n] == groups[n + 1]:
            roles[n] = "caption"  # the picture's label stands right above its caption
        elif not _is_in_list(lines, n):
            roles[n] = "subheading"


def _assign_end(roles: list[Role | None], texts: Sequence[str], end: range) -> None:
    for n in end:
        if roles[n] is None and count_words(texts[n]) >= MIN_LINK_WORDS and is_title_case(texts[n]):
            roles[n] = "boilerplate"


def _is_in_list(lines: set[int], n: int) -> bool:
    """Line n stands in a row of at least MIN_LIST_LINES lines."""
    starts = range(n - MIN_LIST_LINES + 1, n + 1)
    return any(all(start + step in lines for step in range(MIN_LIST_LINES)) for start in starts)


def _is_doubled(texts: Sequence[str], n: int) -> bool:
    """An unfinished line that stands twice in a row: a caption that the page shows and hides."""
    neighbours = (*texts[max(0, n - 1) : n], *texts[n + 1 : n + 2])
    return not is_finished(texts[n]) and texts[n] in neighbours and count_words(texts[n]) > MIN_LEAD_IN_WORDS
