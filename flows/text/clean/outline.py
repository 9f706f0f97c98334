"""The roles of a document's blocks, seen together: head, middle, end.

`roles.classify_words` has the first word. What it leaves open is decided by place: the headline
among the lines before the first prose, headings between prose, links after the last prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.text.clean.roles import (
    classify_words,
    is_end_credit,
    is_headline_like,
    is_metadata,
    is_signature,
)
from flows.text.clean.wording import (
    WORD,
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
MIN_DUMP_LINES = 20
MIN_DUMP_SHARE = 0.4
"""Lines of menus and links, in all and among the blocks, from which a text is a whole page's."""
MIN_MENU_LINES = 6
"""Lines in a row inside a page's article from which they are links and no list of the article."""
LINE_COST = 8
FURNITURE_COST = 2
"""Words of prose that a line outweighs. Furniture that is known for such stands inside articles too;
with these a page loses 1 % of its text, and half of what is not its text goes."""
MAX_PROSE_WORDS = 60
"""Words of one paragraph that count, so that a long cookie notice does not outweigh the article."""
MAX_HEAD_BLOCKS = 20
"""How far before the prose a headline may stand."""
MAX_SHORT_WORD = 3
MIN_TITLE_WORDS = 3
NEARLY_BEST = 0.8
"""Share of the best line's score from which an earlier one is preferred: decks repeat the headline."""
MAX_TITLE_WEIGHT = 8
"""Words from which a longer line is no better a headline."""
MIN_LINK_WORDS = 5
"""Shorter lines after the end may be a signature or a cut sentence."""
MIN_LEAD_IN_WORDS = 4
LONG_CHARS = 160
"""An unfinished block of this length is prose that was cut, or in a script without full stops."""
# What menus and links hardly have: "3. Ida Brandt (2)", "Ida Brandt, former mayor of Nordvik".
LIST_ENTRY = re.compile(r"\d{1,3}[.)]\s+\w|[A-Z][\w.’' -]{2,40}, \w[^,]*\b[a-z]{3,}")
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
    is_dump = _is_page_dump(roles, texts)
    core = _find_core(roles, texts) if is_dump else range(count)
    prose = [n for n in core if roles[n] is None and is_prose(texts[n])]
    first, last = (prose[0], prose[-1]) if prose else (count, count)
    _assign_headline(roles, texts, first, title)
    if is_dump:
        _drop_surroundings(roles, texts, range(first, min(last + 1, count)))
    _assign_head(roles, texts, first)
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


def _is_page_dump(roles: Sequence[Role | None], texts: Sequence[str]) -> bool:
    """A whole page without its markup: much of it is menus and links to other stories."""
    n_lines = sum(map(_is_line, roles, texts))
    return n_lines >= MIN_DUMP_LINES and n_lines >= MIN_DUMP_SHARE * len(texts)


def _is_line(role: Role | None, text: str) -> bool:
    return role == "boilerplate" or (role is None and not is_prose(text) and not LIST_ENTRY.match(text))


def _find_core(roles: Sequence[Role | None], texts: Sequence[str]) -> range:
    """The run of blocks with the most words of prose, each line among them taken off: the article.

    The maximum subarray of Kadane, as boilerplate removal by word counts has it.
    """
    best, total, start = (0, 0, 0), 0, 0
    for n, (role, text) in enumerate(zip(roles, texts, strict=True)):
        if total <= 0:
            total, start = 0, n
        if role == "boilerplate":
            total -= FURNITURE_COST
        elif role is None:
            total += min(count_words(text), MAX_PROSE_WORDS) if is_prose(text) else -LINE_COST
        best = max(best, (total, start, n + 1), key=lambda run: run[0])
    return range(best[1], best[2])


def _drop_surroundings(roles: list[Role | None], texts: Sequence[str], core: range) -> None:
    """What stands around the article, and long runs of lines inside it, belongs to the site."""
    lines = {n for n in core if roles[n] is None and not is_prose(texts[n])}
    for n, role in enumerate(roles):
        if role is None and (n not in core or _is_in_list(lines, n, MIN_MENU_LINES)):
            roles[n] = "boilerplate"


def _assign_headline(roles: list[Role | None], texts: Sequence[str], first: int, title: str | None) -> None:
    headline = None if "headline" in roles else _find_headline(roles, texts, first, title)
    for n in range(first):
        if roles[n] is None and is_metadata(texts[n], in_head=True):
            roles[n] = "metadata"
        elif n == headline:
            roles[n] = "headline"


def _assign_head(roles: list[Role | None], texts: Sequence[str], first: int) -> None:
    for n in range(first):
        if roles[n] is None and is_signature(texts[n]):
            roles[n] = "byline"
        elif roles[n] is None and count_words(texts[n]) <= MAX_DECK_WORDS:
            roles[n] = "subheading"


def _find_headline(
    roles: Sequence[Role | None], texts: Sequence[str], first: int, title: str | None
) -> int | None:
    """The line shortly before the prose whose words the prose takes up most."""
    lines = [
        n
        for n in range(max(0, first - MAX_HEAD_BLOCKS), first)
        if roles[n] is None and not is_signature(texts[n]) and _is_headline(texts[n], title)
    ]
    if len(lines) < 2:
        return next(iter(lines), None)
    prose = (texts[n] for n in range(first, len(texts)) if roles[n] is None and is_prose(texts[n]))
    taken_up = {word for text in prose for word in _long_words(text)}
    shares = {n: _share_taken_up(texts[n], taken_up) for n in lines}
    return next(n for n in lines if shares[n] >= NEARLY_BEST * max(shares.values()))


def _share_taken_up(line: str, taken_up: set[str]) -> float:
    words = _long_words(line)
    weight = min(count_words(line), MAX_TITLE_WEIGHT)
    return weight * len(words & taken_up) / max(len(words), MIN_TITLE_WORDS)


def _long_words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text) if len(word) > MAX_SHORT_WORD}


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
        elif not _is_in_list(lines, n, MIN_LIST_LINES):
            roles[n] = "subheading"


def _assign_end(roles: list[Role | None], texts: Sequence[str], end: range) -> None:
    for n in end:
        if roles[n] is None and is_end_credit(texts[n]):
            roles[n] = "credit"
        elif roles[n] is None and count_words(texts[n]) >= MIN_LINK_WORDS and is_title_case(texts[n]):
            roles[n] = "boilerplate"


def _is_in_list(lines: set[int], n: int, length: int) -> bool:
    """Line n stands in a row of at least `length` lines."""
    starts = range(n - length + 1, n + 1)
    return n in lines and any(all(start + step in lines for step in range(length)) for start in starts)


def _is_doubled(texts: Sequence[str], n: int) -> bool:
    """An unfinished line that stands twice in a row: a caption that the page shows and hides."""
    neighbours = (*texts[max(0, n - 1) : n], *texts[n + 1 : n + 2])
    return not is_finished(texts[n]) and texts[n] in neighbours and count_words(texts[n]) > MIN_LEAD_IN_WORDS
