"""Quotation marks: which belong together, and what stands between them.

Marks of any style, double and single, straight and curly, unbalanced or never closed. Whether
the text between them is somebody's statement is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOUBLE = re.compile(r"[“”„«»\"]|''|``")
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[—–:])|\A)[‘'](?=[^\s\d'’])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s‘'])[’'](?=\W|\Z)")
_OPENERS = frozenset("“„«") | {"``"}
_CLOSERS = frozenset("”»")
_PUNCTUATION = ",.?!…—-"

MAX_SINGLE_QUOTED = 600
"""Characters: how far a closing single mark is looked for; beyond, the opening one is an apostrophe."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Offsets into the article's text, marks included. `closed` is False where the next paragraph goes on."""

    start: int
    end: int
    closed: bool = True


def find_quoted_spans(text: str, paragraphs: list[tuple[int, int]]) -> list[QuotedSpan]:
    """The outermost quoted spans of a text, paragraph by paragraph (offsets of each given)."""
    found: list[QuotedSpan] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        goes_on = following is not None and text[following : following + 1] in _OPENERS | {'"', "'", "‘"}
        found.extend(_pair_double(text, start, end, goes_on) or _pair_single(text, start, end))
    return found


def _pair_double(text: str, start: int, end: int, goes_on: bool) -> list[QuotedSpan]:
    found = []
    opened: int | None = None
    depth = 0
    for mark in _DOUBLE.finditer(text, start, end):
        opens = _opens(text, mark, start, end, opened is not None)
        if opened is None:
            if opens:
                opened, depth = mark.start(), 0
        elif opens and mark.group() in "«“" and mark.group() != text[opened]:
            depth += 1
        elif not opens and depth:
            depth -= 1
        elif not opens:
            found.append(QuotedSpan(opened, mark.end()))
            opened = None
    if opened is not None and goes_on:
        found.append(QuotedSpan(opened, end, closed=False))
    return found


def _opens(text: str, mark: re.Match[str], start: int, end: int, inside: bool) -> bool:
    """Whether a mark opens: curly ones say so, straight ones by what stands beside them."""
    if mark.group() in _OPENERS:
        # Some texts close with an opening mark: “Like this,“ he said.
        return (
            not inside
            or _free_before(text, mark, start)
            or text[mark.end() : min(mark.end() + 1, end)].isalnum()
        )
    if mark.group() in _CLOSERS:
        # Some texts open with a closing mark: ”Like this,” he said.
        return (
            not inside
            and mark.end() < end
            and not text[mark.end()].isspace()
            and _free_before(text, mark, start)
        )
    if inside:
        return False
    return mark.end() < end and not text[mark.end()].isspace()


def _free_before(text: str, mark: re.Match[str], start: int) -> bool:
    return mark.start() == start or text[mark.start() - 1].isspace() or text[mark.start() - 1] in "([—–"


def _pair_single(text: str, start: int, end: int) -> list[QuotedSpan]:
    return list(_single_spans(text, start, end))


def _single_spans(text: str, start: int, end: int) -> Iterator[QuotedSpan]:
    position = start
    while opening := _SINGLE_OPEN.search(text, position, end):
        closing = _closing_single(text, opening.end(), min(end, opening.end() + MAX_SINGLE_QUOTED))
        if closing is None:
            position = opening.end()
            continue
        yield QuotedSpan(opening.start(), closing)
        position = closing


def _closing_single(text: str, start: int, end: int) -> int | None:
    """The end of the first closing mark after punctuation, else of the first: an apostrophe is one too."""
    first = None
    for mark in _SINGLE_CLOSE.finditer(text, start, end):
        if text[mark.start() - 1] in _PUNCTUATION:
            return mark.end()
        first = first or mark.end()
    return first
